import { describe, expect, test } from "vitest";
import type { OnCallFacts } from "#lib/escalation/plan";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { simulateEscalation } from "#lib/escalation/simulate";

const from = new Date("2026-11-28T01:50:00Z");
const MINUTE = 60_000;

const policy: PolicySnapshot = {
  policyId: "P",
  name: "Payments",
  numLoops: 0,
  teamId: null,
  fallbackUserId: "F",
  levels: [
    { delayMinutes: 5, targets: [{ type: "schedule", id: "S1", name: "Primary" }] },
    { delayMinutes: 10, targets: [{ type: "user", id: "B", name: "Ben" }] },
  ],
};

/** Primary hands over from Ann to Cleo at 02:00. */
function facts(at: Date, people = "ABCF"): OnCallFacts {
  const onCall = at < new Date("2026-11-28T02:00:00Z") ? "A" : "C";
  return {
    schedules: new Map([["S1", [{ userId: onCall, because: "On call in Primary" }]]]),
    people: new Map(people.split("").map((id) => [id, { name: id }])),
    teamManagers: new Map(),
    catchAll: [],
  };
}

function brief(steps: ReturnType<typeof simulateEscalation>) {
  return steps.map(({ minute, kind, level, people }) => [
    minute,
    kind,
    level,
    people.map(({ userId }) => userId).join(""),
  ]);
}

describe("simulateEscalation", () => {
  test("tells each level after the delay of the one before, then ends", () => {
    expect(brief(simulateEscalation(policy, facts, from, 600))).toEqual([
      [0, "level", 1, "A"],
      [5, "level", 2, "B"],
      [15, "end", null, ""],
    ]);
  });

  test("asks who is on call at the instant of each step, not at the beginning", () => {
    const steps = simulateEscalation({ ...policy, numLoops: 1 }, facts, from, 600);
    expect(brief(steps)).toEqual([
      [0, "level", 1, "A"],
      [5, "level", 2, "B"],
      [15, "level", 1, "C"],
      [20, "level", 2, "B"],
      [30, "end", null, ""],
    ]);
    expect(steps[2]).toMatchObject({ pass: 2, at: new Date(from.getTime() + 15 * MINUTE) });
  });

  test("skips a level without anybody at once and says so", () => {
    const [first] = simulateEscalation(policy, (at) => facts(at, "BF"), from, 600);
    expect(first).toMatchObject({ minute: 0, level: 2, skipped: [{ level: 1 }] });
  });

  test("falls back when nobody is on call at any level", () => {
    expect(brief(simulateEscalation(policy, (at) => facts(at, "F"), from, 600))).toEqual([
      [0, "fallback", null, "F"],
      [5, "end", null, ""],
    ]);
  });

  test("says that nobody is told, and when that is tried again", () => {
    expect(brief(simulateEscalation({ ...policy, numLoops: 1 }, (at) => facts(at, ""), from, 600))).toEqual([
      [0, "nobody", null, ""],
    ]);
  });

  test("goes on trying until somebody comes on call", () => {
    const lonely = { ...policy, levels: policy.levels.slice(0, 1) };
    expect(brief(simulateEscalation(lonely, (at) => facts(at, "C"), from, 600))).toEqual([
      [0, "nobody", null, ""],
      [10, "level", 1, "C"],
      [15, "end", null, ""],
    ]);
  });

  test("looks no further than it is asked to", () => {
    expect(simulateEscalation({ ...policy, numLoops: 9 }, facts, from, 20)).toHaveLength(4);
  });
});
