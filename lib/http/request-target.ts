/** What the server entry makes of a request line: the target to work on, or the refusal. */
export type RequestLine =
  | { kind: "target"; target: string }
  | { kind: "refused"; status: 400 | 405; message: string; allow?: string };

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const ABSOLUTE = /^https?:\/\/[^/?#]*/i;
/** Files of `public`, which the router fails to refuse anything but reading of. */
const FILE = /\.(?:js|png|svg|webmanifest)$/;

/**
 * Reads method and target as the client wrote them. A target in absolute form, as clients of a proxy send it, is the path in it (RFC 9112,
 * 3.2.2). What the router would answer with a 500 is refused: `*`, a path whose escapes are not UTF-8, methods that are nowhere served.
 */
export function readRequestLine(method: string, url: string): RequestLine {
  if (!METHODS.includes(method)) {
    return {
      kind: "refused",
      status: 405,
      message: `${method} is not served here.`,
      allow: METHODS.join(", "),
    };
  }
  const relative = url.replace(ABSOLUTE, "");
  const target = relative.startsWith("?") || relative === "" ? `/${relative}` : relative;
  if (!target.startsWith("/")) return { kind: "refused", status: 400, message: "The target is not a path." };
  const path = /^[^?#]*/.exec(target)?.[0] ?? "/";
  if (!isDecodable(path)) {
    return { kind: "refused", status: 400, message: "The path's escapes are not UTF-8." };
  }
  if (FILE.test(path) && method !== "GET" && method !== "HEAD") {
    return { kind: "refused", status: 405, message: "Files can only be read.", allow: "GET, HEAD" };
  }
  return { kind: "target", target };
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
