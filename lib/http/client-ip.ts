/** The address that reached us, or the proxy before us: the last hop that was not written by the client itself. */
export function clientIp(header: (name: string) => string | null | undefined): string {
  const hops = (header("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
  return hops.findLast((hop) => hop !== "") ?? "unknown";
}
