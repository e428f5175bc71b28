import { describe, expect, it } from "vitest";
import { inOrderOfTrial } from "#lib/notifications/provider";
import { maySendCode } from "#lib/notifications/verification";

const NOW = new Date("2026-11-22T03:14:00.000Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

describe("inOrderOfTrial", () => {
  const first = { id: "first", position: 1, failuresInRow: 0, lastFailedAt: null };
  const second = { id: "second", position: 2, failuresInRow: 0, lastFailedAt: null };
  const order = (values: { failuresInRow: number; lastFailedAt: Date | null }) =>
    inOrderOfTrial([second, { ...first, ...values }], NOW).map(({ id }) => id);

  it("asks by position", () => {
    expect(order({ failuresInRow: 0, lastFailedAt: null })).toEqual(["first", "second"]);
    expect(order({ failuresInRow: 4, lastFailedAt: ago(1) })).toEqual(["first", "second"]);
  });

  it("asks one that failed five times in a row last, for a minute", () => {
    expect(order({ failuresInRow: 5, lastFailedAt: ago(59) })).toEqual(["second", "first"]);
    expect(order({ failuresInRow: 5, lastFailedAt: ago(60) })).toEqual(["first", "second"]);
  });
});

describe("maySendCode", () => {
  it("sends one a minute, five an hour", () => {
    expect(maySendCode(null, NOW)).toEqual({ kind: "send", sends: 1, countedFrom: NOW });
    expect(maySendCode({ sends: 1, countedFrom: ago(59), sentAt: ago(59) }, NOW).kind).toBe("wait");
    expect(maySendCode({ sends: 4, countedFrom: ago(600), sentAt: ago(60) }, NOW)).toMatchObject({
      sends: 5,
    });
    expect(maySendCode({ sends: 5, countedFrom: ago(600), sentAt: ago(60) }, NOW)).toEqual({
      kind: "wait",
      until: ago(600 - 3600),
    });
    expect(maySendCode({ sends: 5, countedFrom: ago(3600), sentAt: ago(60) }, NOW)).toMatchObject({
      sends: 1,
    });
  });
});
