import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { maskedTokens } from "#lib/noise/mask";

const masked = (text: string) => maskedTokens(text).join(" ");

describe("what differs between two alerts of one kind is masked", () => {
  test.each([
    ["Disk 91 % full on web-01", "disk <percent> full on web-<number>"],
    ["Disk 87% full on web-12", "disk <percent> full on web-<number>"],
    ["Latency 1.7s above 300ms", "latency <number> above <number>"],
    ["Host 10.0.3.17:9100 down since 2026-01-05T11:02:03Z", "host <ip> down since <time>"],
    ["Job 3f2b8c1e-1b1f-4a0e-9d37-0a1b2c3d4e5f failed", "job <uuid> failed"],
    ["Commit 9fceb02d0ae598e95dc970b74767f19372d61af8 broke it", "commit <hex> broke it"],
    ["Backup at 03:15 took 12,345 MB", "backup at <time> took <number> mb"],
    ["node12 is not ready", "node<number> is not ready"],
  ])("%s", (text, expected) => {
    expect(masked(text)).toBe(expected);
  });

  test("codes, and names that merely hold a digit, tell kinds apart", () => {
    expect(masked("HTTP 503 from s3")).toBe("http 503 from s3");
    expect(masked("exit code 137 on k8s, p99 of 5xx")).toBe("exit code 137 on k8s p99 of 5xx");
    expect(masked("status: 404")).not.toBe(masked("status: 500"));
  });
});

test("any text is masked into few, bounded words, the same ones each time", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000, unit: "grapheme" }), (text) => {
      const tokens = maskedTokens(text);
      expect(tokens.length).toBeLessThanOrEqual(64);
      expect(maskedTokens(text)).toEqual(tokens);
    }),
  );
});

test("numbers never change the kind of an alert", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (one, other) => {
      expect(masked(`Queue depth ${one} on broker-${other}`)).toBe(
        masked(`Queue depth ${other} on broker-${one}`),
      );
    }),
  );
});
