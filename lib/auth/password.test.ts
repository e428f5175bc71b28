import { expect, it } from "vitest";
import { hashPassword, verifyPassword } from "#lib/auth/password";

it("keeps an argon2id hash that fits the password alone", async () => {
  const stored = await hashPassword("correct horse battery");
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(stored, "correct horse battery")).toBe(true);
  expect(await verifyPassword(stored, "correct horse battery!")).toBe(false);
});

it("says no, after work, when nobody has a hash", async () => {
  expect(await verifyPassword(null, "nobody's password")).toBe(false);
});

it("refuses passwords that cost more to hash than to send", async () => {
  await expect(hashPassword("x".repeat(257))).rejects.toThrow(RangeError);
  const stored = await hashPassword("x".repeat(256));
  expect(await verifyPassword(stored, "x".repeat(256))).toBe(true);
  expect(await verifyPassword(stored, "x".repeat(300))).toBe(false);
});
