import { describe, expect, test } from "vitest";
import {
  NEW_POLICY,
  policyChanges,
  policyDraftOf,
  policyInputOf,
  trialOfDraft,
} from "#lib/escalation/editor-draft";
import { NOTHING_MORE } from "#lib/escalation/policy";

const everyone = {
  strategy: "everyone" as const,
  cycleMinutes: null,
  notifyOnly: false,
  condition: null,
};
const saved = {
  name: "Payments",
  description: null,
  team: { id: "T" },
  numLoops: 1,
  fallback: null,
  onCallHandoffNotifications: "always" as const,
  nobodyAnswered: NOTHING_MORE,
  levels: [
    { ...everyone, id: "L1", delayMinutes: 5, targets: [{ type: "schedule" as const, id: "S" }] },
    { ...everyone, id: "L2", delayMinutes: 10, targets: [{ type: "user" as const, id: "U" }] },
  ],
};
const base = policyDraftOf(saved);
const [first, second] = base.levels;
if (!first || !second) throw new Error("The fixture has two levels.");

describe("changes", () => {
  test("are none in an untouched draft", () => {
    expect(policyChanges(base, policyDraftOf(saved))).toEqual([]);
    expect(policyInputOf(base).onCallHandoffNotifications).toBe("always");
    expect(policyInputOf(base).levels[0]).toEqual({
      ...everyone,
      id: "L1",
      delayMinutes: 5,
      targets: [{ type: "schedule", id: "S" }],
    });
  });

  test("are named by setting and level", () => {
    const draft = {
      ...base,
      numLoops: 3,
      levels: [
        { ...first, targets: [] },
        { ...second, delayMinutes: 20, notifyOnly: true },
      ],
    };
    expect(policyChanges(base, draft)).toEqual([
      "Repetitions",
      "Who is told at level 1",
      "Wait after level 2",
      "How level 2 tells",
    ]);
  });

  test("tell moving from adding and removing", () => {
    expect(policyChanges(base, { ...base, levels: [second, first] })).toEqual(["Order of levels"]);
    const added = { ...first, key: "new" };
    const changed = { ...base, levels: [second, added] };
    expect(policyChanges(base, changed)).toEqual(["1 level added", "1 level removed"]);
    expect(policyInputOf(changed).levels.map(({ id }) => id)).toEqual(["L2", null]);
  });
});

test("a draft can be tried before its waits are numbers", () => {
  const levels = [
    { ...first, delayMinutes: 0 },
    { ...second, delayMinutes: 2.5 },
  ];
  expect(trialOfDraft({ ...NEW_POLICY, levels }).levels.map(({ delayMinutes }) => delayMinutes)).toEqual([
    1, 3,
  ]);
});
