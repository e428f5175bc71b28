import type { IncomingHttpHeaders } from "node:http";

const CLIENT_HEADER = "x-touchline-client";

type Incoming = { headers: IncomingHttpHeaders; socket: { remoteAddress?: string | undefined } };

/** Tells handlers, which see no socket, whose connection it is; whatever the client wrote under that name is replaced. */
export function nameClient({ headers, socket }: Incoming): void {
  headers[CLIENT_HEADER] = socket.remoteAddress ?? "unknown";
}

/**
 * The address that reached us. Behind a proxy of the deployment's own, the one that reached the proxy: the last hop of
 * X-Forwarded-For, which the client can't write. Without such a proxy the whole header is the client's, and is not looked at.
 */
export function clientIp(
  header: (name: string) => string | null | undefined,
  { trustProxy }: { trustProxy: boolean },
): string {
  const hops = (trustProxy && header("x-forwarded-for")) || "";
  const last = hops
    .split(",")
    .map((hop) => hop.trim())
    .findLast((hop) => hop !== "");
  return last ?? (header(CLIENT_HEADER) || "unknown");
}
