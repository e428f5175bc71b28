import { beforeEach, describe, expect, it, vi } from "vitest";
import { readOneTap, signOneTap } from "#lib/crypto/one-tap-token";
import { decryptSecret, encryptSecret } from "#lib/crypto/secret";
import { signToken, verifyToken } from "#lib/crypto/token";

beforeEach(() => {
  vi.stubEnv("DATABASE_URL", "postgres://localhost/none");
  vi.stubEnv("TOUCHLINE_SECRET", "a secret of the tests, 32 or longer");
});

const NOW = new Date("2026-11-22T03:14:07.000Z");
const ONE_TAP = { incidentId: "QI", userId: "QU", deliveryId: "QD", channel: "email" as const };

describe("a signed token", () => {
  it("gives back what was signed, for the same purpose alone", () => {
    const token = signToken({ a: 1 }, "test");
    expect(verifyToken(token, "test")).toEqual({ a: 1 });
    expect(verifyToken(token, "other")).toBeNull();
  });

  it("can't be altered anywhere", () => {
    const token = signToken(["QI", "QU"], "test");
    for (let index = 0; index < token.length; index += 1) {
      const other = token[index] === "A" ? "B" : "A";
      const forged = `${token.slice(0, index)}${other}${token.slice(index + 1)}`;
      // The last character of a base64url group may carry bits that mean nothing.
      if (
        Buffer.from(forged.split(".")[1] ?? "", "base64url").equals(
          Buffer.from(token.split(".")[1] ?? "", "base64url"),
        )
      ) {
        if (forged.split(".")[0] === token.split(".")[0]) continue;
      }
      expect(verifyToken(forged, "test")).toBeNull();
    }
  });

  it.each(["", ".", "a", "a.b", "..", "x".repeat(5000), "%00.%00"])("refuses %j", (token) => {
    expect(verifyToken(token, "test")).toBeNull();
  });
});

describe("a one-tap token", () => {
  it("lasts 24 hours", () => {
    const token = signOneTap(ONE_TAP, NOW);
    expect(readOneTap(token, new Date(NOW.getTime() + 86_399_999))).toEqual(ONE_TAP);
    expect(readOneTap(token, new Date(NOW.getTime() + 86_400_000))).toBe("expired");
  });

  it("is short enough for a link in a text", () => {
    expect(
      signOneTap(
        { ...ONE_TAP, incidentId: "Q15Y550DMQQWJG", userId: "Q15Y550DMQQWJH", deliveryId: "Q15Y550DMQQWJI" },
        NOW,
      ).length,
    ).toBeLessThan(170);
  });

  it("is not any token of ours", () => {
    expect(readOneTap(signToken({ userId: "QU" }, "one-tap"), NOW)).toBe("invalid");
  });
});

describe("a secret at rest", () => {
  it("comes back for its own purpose alone", () => {
    const stored = encryptSecret("p256dh & auth ✓", "contact-method");
    expect(stored).not.toContain("p256dh");
    expect(decryptSecret(stored, "contact-method")).toBe("p256dh & auth ✓");
    expect(() => decryptSecret(stored, "push.vapid")).toThrow("can't be read");
  });

  it("is different each time and can't be altered", () => {
    const stored = encryptSecret("x", "contact-method");
    expect(encryptSecret("x", "contact-method")).not.toBe(stored);
    const [format, nonce, tag] = stored.split(".");
    expect(() => decryptSecret([format, nonce, tag, "AAAA"].join("."), "contact-method")).toThrow(
      "can't be read",
    );
    expect(() =>
      decryptSecret([format, nonce, tag?.slice(0, 8), "AAAA"].join("."), "contact-method"),
    ).toThrow("can't be read");
    expect(() => decryptSecret("plain", "contact-method")).toThrow("unknown format");
  });
});
