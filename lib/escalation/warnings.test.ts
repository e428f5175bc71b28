import { describe, expect, it } from "vitest";
import { warnAboutPolicy } from "#lib/escalation/warnings";
import type { LevelNow } from "#lib/escalation/warnings";

const ann = { userId: "A", name: "Ann", isReachable: true, firstStepMinutes: 0 };
const ben = { userId: "B", name: "Ben", isReachable: true, firstStepMinutes: 0 };
const level = (people: LevelNow["people"], values: Partial<LevelNow> = {}): LevelNow => ({
  delayMinutes: 5,
  notifyOnly: false,
  people,
  deactivated: [],
  ...values,
});

describe("warnAboutPolicy", () => {
  it("finds nothing wrong with two levels of different people who are told at once", () => {
    expect(warnAboutPolicy([level([ann]), level([ben])])).toEqual([]);
  });

  it.each([
    ["there is no level", [], "no_levels", null],
    ["a level is empty", [level([ann]), level([])], "empty_level", 2],
    [
      "the next level is the same people in another order",
      [level([ann, ben]), level([ben, ann])],
      "same_people",
      2,
    ],
    ["every level only tells", [level([ann], { notifyOnly: true })], "nobody_takes", null],
    ["a later level is somebody told before", [level([ann]), level([ben]), level([ann])], "same_people", 3],
    ["somebody can't be reached", [level([{ ...ann, isReachable: false }])], "unreachable", 1],
    ["somebody is told when it is too late", [level([{ ...ann, firstStepMinutes: 5 }])], "slow_start", 1],
    ["somebody named is deactivated", [level([ann], { deactivated: ["Carl"] })], "deactivated", 1],
  ])("warns when %s", (_, levels, kind, number) => {
    expect(warnAboutPolicy(levels)).toMatchObject([{ kind, level: number }]);
  });

  it("doesn't mind that more people join at the next level", () => {
    expect(warnAboutPolicy([level([ann]), level([ann, ben])])).toEqual([]);
  });
});
