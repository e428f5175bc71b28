import { expect, it } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "#lib/http/security-headers";

it("lets run what carries the nonce, and nothing inline besides", () => {
  const policy = contentSecurityPolicy({ nonce: "abc", development: false, https: true });
  const script = policy.split("; ").find((directive) => directive.startsWith("script-src"));
  expect(script).toBe("script-src 'self' 'nonce-abc' 'strict-dynamic'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("object-src 'none'");
  expect(policy).toContain("base-uri 'none'");
  expect(policy).toContain("upgrade-insecure-requests");
});

it("asks browsers to stay with https only where there is https", () => {
  expect(contentSecurityPolicy({ nonce: "a", development: false, https: false })).not.toContain(
    "upgrade-insecure",
  );
  expect(securityHeaders(false).map(([name]) => name)).not.toContain("Strict-Transport-Security");
  expect(securityHeaders(true).map(([name]) => name)).toContain("Strict-Transport-Security");
});
