import { expect, test } from "vitest";
import { verifiedAddress } from "#lib/auth/verified-address";

const email = "ann@example.com";

test.each([
  [{ email, email_verified: true }, email, email],
  [{ email, email_verified: "true" }, email, email],
  [{ email, email_verified: false }, null, null],
  [{ email, email_verified: "false" }, null, null],
  [{ email, email_verified: "perhaps" }, null, null],
  [{ email }, null, email],
  [{ email: "" }, null, null],
  [{ sub: "1" }, null, null],
  [undefined, null, null],
])("of %j the address is %s, and %s where silence is trusted", (profile, strict, trusting) => {
  expect(verifiedAddress(profile, { trustsAddresses: false })).toBe(strict);
  expect(verifiedAddress(profile, { trustsAddresses: true })).toBe(trusting);
});
