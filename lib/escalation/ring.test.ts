import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { afterTurns, choosePeople } from "#lib/escalation/choose-people";
import type { OnCallFacts } from "#lib/escalation/choose-people";
import { completePolicy } from "#lib/escalation/policy";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { inTurn } from "#lib/escalation/ring";

const PEOPLE = ["A", "B", "C", "D"];

function ringOf(ids: readonly string[]): PolicySnapshot {
  return completePolicy({
    policyId: "P",
    name: "Payments",
    numLoops: 0,
    teamId: null,
    fallbackUserId: null,
    levels: [
      {
        id: "L",
        delayMinutes: 5,
        strategy: "round_robin",
        targets: ids.map((id) => ({ type: "user" as const, id, name: id })),
      },
    ],
  });
}

function factsOf(present: readonly string[]): OnCallFacts {
  return {
    at: new Date("2026-06-03T20:00:00Z"),
    schedules: new Map(),
    people: new Map(present.map((id) => [id, { name: id }])),
    teamManagers: new Map(),
    catchAll: [],
    rings: new Map(),
    policies: new Map(),
    priorityRanks: new Map(),
  };
}

/** Whose turn each of so many new incidents is, while these people are there. */
function turns(ids: readonly string[], present: readonly string[], incidents: number): string {
  let facts = factsOf(present);
  let told = "";
  for (let index = 0; index < incidents; index += 1) {
    const chosen = choosePeople(ringOf(ids), 1, facts, {});
    told += chosen.member?.id ?? "-";
    facts = afterTurns(facts, chosen.turn ? [chosen.turn] : []);
  }
  return told;
}

describe("a ring (semantics 2.3, case 110)", () => {
  it("gives each new incident to the next, from the first on", () => {
    expect(turns(["A", "B", "C"], PEOPLE, 7)).toBe("ABCABCA");
  });

  it("passes over whoever is not there, and says so", () => {
    expect(turns(["A", "B", "C"], ["A", "C"], 4)).toBe("ACAC");
    const facts = afterTurns(factsOf(["A", "C"]), [
      { levelId: "L", policyId: "P", lastTargetId: "A", lastIndex: 0 },
    ]);
    const [person] = choosePeople(ringOf(["A", "B", "C"]), 1, facts, {}).people;
    expect(person?.trace).toContainEqual({
      step: "round robin",
      outcome: "C",
      because: "Next in turn; nobody is there for B",
    });
  });

  it("is fair: nobody has two turns more than anybody else who is there", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...PEOPLE), { minLength: 1 }),
        fc.subarray(PEOPLE),
        fc.integer({ min: 0, max: 40 }),
        (ids, present, incidents) => {
          const told = turns(ids, present, incidents);
          const there = ids.filter((id) => present.includes(id));
          // The slow way: deal them out one by one.
          const dealt = Array.from({ length: incidents }, (_, index) => there[index % there.length] ?? "-");
          expect(told).toBe(dealt.join(""));
        },
      ),
    );
  });

  it("goes on from whoever had it last when it is edited, also when they are taken out", () => {
    const order = (ids: string[], ring: { lastTargetId: string; lastIndex: number }) =>
      inTurn({ targets: ringOf(ids).levels[0]!.targets }, ring)
        .map(({ id }) => id)
        .join("");
    expect(order(["C", "B", "A"], { lastTargetId: "B", lastIndex: 1 })).toBe("ACB");
    expect(order(["A", "C", "D"], { lastTargetId: "B", lastIndex: 1 })).toBe("CDA");
    expect(order(["A"], { lastTargetId: "D", lastIndex: 3 })).toBe("A");
  });

  it("keeps an incident with the one whose turn it took, as long as they are there", () => {
    const policy = ringOf(["A", "B", "C"]);
    const kept = choosePeople(policy, 1, factsOf(PEOPLE), { L: "B" });
    expect(kept).toMatchObject({ member: { id: "B" }, turn: null });
    const gone = choosePeople(policy, 1, factsOf(["A", "C"]), { L: "B" });
    expect(gone).toMatchObject({ member: { id: "A" }, turn: { lastTargetId: "A" } });
  });
});
