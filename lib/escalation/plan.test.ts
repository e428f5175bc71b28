import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { isStaffed } from "#lib/escalation/choose-people";
import type { OnCallFacts } from "#lib/escalation/choose-people";
import { nextDueAt, planEscalation, TOP } from "#lib/escalation/plan";
import type { EscalationDecision, Position, Standing } from "#lib/escalation/plan";
import { completePolicy } from "#lib/escalation/policy";
import type { PolicySnapshot, StoredPolicy } from "#lib/escalation/policy";

const PEOPLE = ["A", "B", "C", "D"];
const SCHEDULES = ["S1", "S2"];
const NOW = new Date("2026-06-03T20:00:00Z");

const targetArbitrary = fc.oneof(
  fc.constantFrom(...PEOPLE).map((id) => ({ type: "user" as const, id, name: id })),
  fc.constantFrom(...SCHEDULES).map((id) => ({ type: "schedule" as const, id, name: id })),
);
const policyArbitrary: fc.Arbitrary<PolicySnapshot> = fc
  .record({
    policyId: fc.constant("P"),
    name: fc.constant("Payments"),
    numLoops: fc.integer({ min: 0, max: 3 }),
    teamId: fc.constantFrom("T", null),
    fallbackUserId: fc.option(fc.constantFrom(...PEOPLE)),
    levels: fc.array(
      fc.record({
        delayMinutes: fc.integer({ min: 1, max: 30 }),
        targets: fc.array(targetArbitrary, { maxLength: 3 }),
      }),
      { maxLength: 4 },
    ),
  })
  .map(completePolicy);
const factsArbitrary: fc.Arbitrary<OnCallFacts> = fc.record({
  at: fc.constant(NOW),
  rings: fc.constant(new Map()),
  policies: fc.constant(new Map()),
  priorityRanks: fc.constant(new Map()),
  schedules: fc
    .tuple(...SCHEDULES.map(() => fc.subarray(PEOPLE)))
    .map((lists) => new Map(SCHEDULES.map((id, index) => [id, on(...(lists[index] ?? []))]))),
  people: fc.subarray(PEOPLE).map((ids) => new Map(ids.map((id) => [id, { name: id }]))),
  teamManagers: fc.subarray(PEOPLE).map((ids) => new Map([["T", ids]])),
  catchAll: fc.subarray(PEOPLE),
});
const anyCase = [policyArbitrary, factsArbitrary] as const;

function on(...ids: string[]) {
  return ids.map((userId) => ({ userId, because: "On call" }));
}

function factsOf(values: Partial<OnCallFacts> = {}): OnCallFacts {
  const people = new Map(PEOPLE.map((id) => [id, { name: id }]));
  return {
    at: NOW,
    schedules: new Map(),
    people,
    teamManagers: new Map(),
    catchAll: [],
    rings: new Map(),
    policies: new Map(),
    priorityRanks: new Map(),
    ...values,
  };
}

/** Nobody has it yet, unless told otherwise. */
function from(position: Partial<Standing> = {}): Standing {
  return { ...TOP, members: {}, isHeld: false, ...position };
}

function policyOf(levels: string[], values: Partial<StoredPolicy> = {}): PolicySnapshot {
  return completePolicy({
    policyId: "P",
    name: "Payments",
    numLoops: 0,
    teamId: null,
    fallbackUserId: null,
    levels: levels.map((ids) => ({
      delayMinutes: 5,
      targets: ids
        .split("")
        .map((id) =>
          id === "s" ? { type: "schedule", id: "S1", name: "S1" } : { type: "user", id, name: id },
        ),
    })),
    ...values,
  });
}

/** Every step of an incident that nobody acknowledges while nothing changes; stops once nothing new is told. */
function walk(policy: PolicySnapshot, facts: OnCallFacts, most: number): EscalationDecision[] {
  const decisions: EscalationDecision[] = [];
  let position: Position = TOP;
  while (decisions.length <= most) {
    const decision = planEscalation(policy, from({ ...position, isHeld: decisions.length > 0 }), facts);
    decisions.push(decision);
    if (decision.kind === "exhausted") return decisions;
    if (decision.kind === "nobody" && isSame(decision.position, position)) return decisions;
    position = decision.position;
  }
  throw new Error("It doesn't end.");
}

function isSame(a: Position, b: Position): boolean {
  return a.level === b.level && a.loop === b.loop;
}

function staffedLevels(policy: PolicySnapshot, facts: OnCallFacts): number[] {
  return policy.levels.map((_, index) => index + 1).filter((level) => isStaffed(policy, level, facts));
}

describe("planEscalation", () => {
  it("tells every level that has somebody, in order and on every pass, and no other", () => {
    fc.assert(
      fc.property(...anyCase, (policy, facts) => {
        const staffed = staffedLevels(policy, facts);
        const passes = policy.numLoops + 1;
        const steps = walk(policy, facts, Math.max(1, policy.levels.length) * passes + 1);
        const entered = steps.flatMap((step) => (step.kind === "enter" ? [step.position.level] : []));
        expect(entered).toEqual(Array.from({ length: passes }, () => staffed).flat());
      }),
    );
  });

  it("tells the fallback, on every pass, exactly where no level has anybody, and tells somebody if anybody is there", () => {
    fc.assert(
      fc.property(...anyCase, (policy, facts) => {
        const choices = [
          policy.fallbackUserId ? [policy.fallbackUserId] : [],
          policy.teamId ? (facts.teamManagers.get(policy.teamId) ?? []) : [],
          facts.catchAll,
        ].map((ids) => ids.filter((id) => facts.people.has(id)));
        const first = choices.find((ids) => ids.length > 0) ?? [];
        const isStaffed = staffedLevels(policy, facts).length > 0;
        const steps = walk(policy, facts, 50);
        const told = steps.flatMap((step) =>
          step.kind === "fallback" ? [step.people.map(({ userId }) => userId)] : [],
        );
        const expected = isStaffed || first.length === 0 ? 0 : policy.numLoops + 1;
        expect(told).toEqual(Array.from({ length: expected }, () => first));
        expect(steps.at(-1)?.kind).toBe(isStaffed || first.length > 0 ? "exhausted" : "nobody");
      }),
    );
  });

  it("tells each person once a step, only people who may be paged, each with a reason (case 103)", () => {
    fc.assert(
      fc.property(...anyCase, (policy, facts) => {
        for (const step of walk(policy, facts, 50)) {
          const people = "people" in step ? step.people : [];
          const ids = people.map(({ userId }) => userId);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids.every((id) => facts.people.has(id))).toBe(true);
          expect(people.every(({ trace }) => trace.length > 0)).toBe(true);
        }
      }),
    );
  });

  it("decides the same for the same facts, and changes none of them", () => {
    fc.assert(
      fc.property(...anyCase, (policy, facts) => {
        const before = structuredClone({ policy, facts });
        const decision = planEscalation(policy, from(), facts);
        expect(planEscalation(policy, from(), facts)).toEqual(decision);
        expect({ policy, facts }).toEqual(before);
      }),
    );
  });

  it("says which levels it skipped and why", () => {
    const decision = planEscalation(policyOf(["s", "", "B"]), from(), factsOf());
    expect(decision).toMatchObject({
      kind: "enter",
      position: { level: 3, loop: 0 },
      skipped: [
        { level: 1, because: "Nobody is on call at level 1 (S1)." },
        { level: 2, because: "Level 2 names nobody." },
      ],
    });
  });

  it("goes back to the levels once one of them has somebody, also after the last pass", () => {
    const policy = policyOf(["s"], { fallbackUserId: "D" });
    const empty = factsOf();
    const fallback = planEscalation(policy, from(), empty);
    expect(fallback).toMatchObject({ kind: "fallback", position: { level: 2, loop: 0 } });
    const staffed = factsOf({ schedules: new Map([["S1", on("A")]]) });
    const entered = planEscalation(policy, from({ level: 2, isHeld: true }), staffed);
    expect(entered).toMatchObject({
      kind: "enter",
      position: { level: 1, loop: 1 },
      people: [{ userId: "A" }],
    });
    expect(planEscalation(policy, from({ level: 1, loop: 1, isHeld: true }), staffed).kind).toBe("exhausted");
  });

  it("never gives up while there is nobody at all, and tries again in five minutes", () => {
    const policy = policyOf(["s"]);
    let position: Position = TOP;
    for (let tries = 0; tries < 10; tries += 1) {
      const decision = planEscalation(policy, from(position), factsOf());
      expect(decision.kind).toBe("nobody");
      const due = decision.kind === "exhausted" ? NOW : nextDueAt(decision, NOW);
      expect(due).toEqual(new Date("2026-06-03T20:05:00Z"));
      position = decision.kind === "nobody" ? decision.position : position;
    }
    const decision = planEscalation(policy, from(position), factsOf({ catchAll: ["C"] }));
    // The last pass is over, yet nobody was told on any of them.
    expect(decision).toMatchObject({ kind: "fallback", people: [{ userId: "C" }] });
  });
});
