import { describe, expect, it } from "vitest";
import { clientIp, nameClient } from "#lib/http/client-ip";

/** What a handler reads of a request that arrived with these headers from 198.51.100.7. */
function ipOf(headers: Record<string, string>, trustProxy: boolean): string {
  const request = { headers: { ...headers }, socket: { remoteAddress: "198.51.100.7" } };
  nameClient(request);
  const read: Record<string, string | undefined> = request.headers;
  return clientIp((name) => read[name], { trustProxy });
}

const forged = { "x-forwarded-for": "203.0.113.1, 203.0.113.2", "x-touchline-client": "203.0.113.3" };

describe("clientIp", () => {
  it("is the connection's address, whatever the client writes, unless a proxy is trusted", () => {
    expect(ipOf({}, false)).toBe("198.51.100.7");
    expect(ipOf(forged, false)).toBe("198.51.100.7");
  });

  it("is the hop that a trusted proxy added, never one before it", () => {
    expect(ipOf(forged, true)).toBe("203.0.113.2");
    expect(ipOf({ "x-forwarded-for": "203.0.113.1, " }, true)).toBe("203.0.113.1");
  });

  it("is the connection's address where a trusted proxy says nothing", () => {
    expect(ipOf({ "x-touchline-client": "203.0.113.3" }, true)).toBe("198.51.100.7");
    expect(ipOf({ "x-forwarded-for": " , " }, true)).toBe("198.51.100.7");
  });

  it("is unknown where nobody says it", () => {
    expect(clientIp(() => null, { trustProxy: true })).toBe("unknown");
  });
});
