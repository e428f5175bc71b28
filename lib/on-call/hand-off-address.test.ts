import { describe, expect, it } from "vitest";
import { handOffAddress, parseHandOffAddress } from "#lib/on-call/hand-off-address";

describe("the address of a hand-off", () => {
  it("names its schedule and its second", () => {
    const ref = { scheduleId: "Q15Y550DMQQWJG", at: new Date("2026-11-23T09:00:00Z") };
    expect(handOffAddress(ref)).toMatch(/^Q15Y550DMQQWJG-[0-9a-z]+$/);
    expect(parseHandOffAddress(handOffAddress(ref))).toEqual(ref);
  });

  it.each(["", "Q1", "Q1-", "-abc", "q1-abc", "Q1-ABC", "Q1-zzzzzzzzz", "Q1-a b", "Q1-abc-d"])(
    "is not %j",
    (text) => {
      expect(parseHandOffAddress(text)).toBeNull();
    },
  );
});
