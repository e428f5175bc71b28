import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { newLateChanges } from "#lib/live/late-changes";

describe("late changes", () => {
  it("takes every id once, in whatever order they come", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 })), (ids) => {
        const late = newLateChanges(0, () => 0);
        expect(ids.filter((id) => late.take(id)).toSorted((a, b) => a - b)).toEqual(
          [...new Set(ids)].toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it("asks for what was passed over, until it comes or its time has gone", () => {
    let time = 0;
    const late = newLateChanges(10, () => time);
    expect(late.take(10)).toBe(false);
    expect(late.take(13)).toBe(true);
    expect([late.ids(), late.newest()]).toEqual([[11, 12], 13]);
    expect(late.take(11)).toBe(true);
    expect(late.ids()).toEqual([12]);
    time = 120_001;
    expect(late.ids()).toEqual([]);
    expect(late.take(12)).toBe(false);
  });

  it("doesn't wait for more than it can remember", () => {
    const late = newLateChanges(0, () => 0);
    late.take(1_000_000);
    expect(late.ids()).toHaveLength(5_000);
    late.take(1_000_100);
    expect(late.ids()).toHaveLength(5_000);
    expect(late.take(1_000_050)).toBe(true);
  });
});
