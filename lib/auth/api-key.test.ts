import { expect, it } from "vitest";
import { hashApiKey, newApiKey, readApiKey } from "#lib/auth/api-key";

it("makes keys that clients recognise as keys", () => {
  const keys = new Set(Array.from({ length: 100 }, newApiKey));
  expect(keys.size).toBe(100);
  for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9]{20}$/);
});

it.each([
  ["Token token=abcDEF12345678901234", "abcDEF12345678901234"],
  ['Token token="abcDEF12345678901234"', "abcDEF12345678901234"],
  ["token token=abc", "abc"],
  ["Bearer abc_-+/=", "abc_-+/="],
  ["Basic abc", null],
  ["Token token=", null],
  ["Token token=a b", null],
  ["abc", null],
  [null, null],
])("reads %j as %j", (header, key) => {
  expect(readApiKey(header)).toBe(key);
});

it("stores SHA-256", () => {
  expect(hashApiKey("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
