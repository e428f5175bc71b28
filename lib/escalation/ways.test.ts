import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import type { OnCallFacts } from "#lib/escalation/choose-people";
import { hoursSentence, openingAt } from "#lib/escalation/condition";
import { nextDueAt, planEscalation, TOP } from "#lib/escalation/plan";
import type { EscalationDecision, Standing } from "#lib/escalation/plan";
import { completePolicy } from "#lib/escalation/policy";
import type { LevelCondition, PolicySnapshot, StoredPolicy } from "#lib/escalation/policy";
import { factsArbitrary, policyArbitrary } from "#lib/testing/incident-cases";

type StoredLevel = Partial<StoredPolicy["levels"][number]>;

/** Levels by the letters of who is told. */
function policyOf(
  levels: [ids: string, how?: StoredLevel][],
  values: Partial<StoredPolicy> = {},
): PolicySnapshot {
  return completePolicy({
    policyId: "P",
    name: "Payments",
    numLoops: 0,
    teamId: null,
    fallbackUserId: "F",
    levels: levels.map(([ids, how], index) => ({
      id: `L${index}`,
      delayMinutes: 10,
      targets: ids.split("").map((id) => ({ type: "user" as const, id, name: id })),
      ...how,
    })),
    ...values,
  });
}

function factsAt(at: string, people = "ABCDF"): OnCallFacts {
  return {
    at: new Date(at),
    schedules: new Map(),
    people: new Map(people.split("").map((id) => [id, { name: id }])),
    teamManagers: new Map(),
    catchAll: [],
    rings: new Map(),
    policies: new Map(),
    priorityRanks: new Map(),
  };
}

const standing = (values: Partial<Standing> = {}): Standing => ({
  ...TOP,
  members: {},
  isHeld: false,
  ...values,
});
const NOON = "2026-06-03T12:00:00Z";
const held = (level: number, values: Partial<Standing> = {}) => standing({ level, isHeld: true, ...values });
const idsOf = (decision: EscalationDecision) =>
  "people" in decision ? decision.people.map(({ userId }) => userId).join("") : "";
const toldBy = (decision: EscalationDecision) =>
  "told" in decision ? decision.told.map(({ userId }) => userId).join("") : "";

describe("a level with hours (case 104)", () => {
  const night: LevelCondition = {
    timeZone: "Europe/London",
    startTime: "22:00",
    endTime: "06:00",
    daysOfWeek: [1, 2, 3, 4, 5, 6, 7],
    otherwise: "wait",
  };
  const policy = policyOf([["A"], ["B", { condition: night }]]);
  // London is an hour ahead of these in June.
  const at = (time: string) => planEscalation(policy, held(1), factsAt(`2026-06-03T${time}:00Z`));

  it("wraps midnight: 21:59 waits until 22:00, 23:00 and 05:59 pass, 06:00 waits until 22:00", () => {
    expect(at("20:59")).toMatchObject({ kind: "wait", until: new Date("2026-06-03T21:00:00Z") });
    expect(at("22:00")).toMatchObject({ kind: "enter", position: { level: 2 } });
    expect(at("04:59")).toMatchObject({ kind: "enter", position: { level: 2 } });
    expect(at("05:00")).toMatchObject({ kind: "wait", until: new Date("2026-06-03T21:00:00Z") });
    expect(at("21:00")).toMatchObject({ kind: "enter" });
  });

  it("is decided anew when the wait is over, and stays where it stood until then", () => {
    const decision = at("12:00");
    if (decision.kind !== "wait") throw new Error("It doesn't wait.");
    expect(decision.position).toMatchObject({ level: 1, loop: 0 });
    const then = factsAt(nextDueAt(decision, new Date(NOON)).toISOString());
    expect(planEscalation(policy, held(decision.position.level), then)).toMatchObject({ kind: "enter" });
  });

  it("is passed over at once with the reason, if that is what it says; and that is no coverage gap", () => {
    const skipping = policyOf([["A", { condition: { ...night, otherwise: "skip" } }], ["B"]]);
    expect(planEscalation(skipping, standing(), factsAt(NOON))).toMatchObject({
      kind: "enter",
      position: { level: 2 },
      skipped: [{ level: 1, isGap: false, because: "Level 1 is used every day 22:00–06:00 Europe/London." }],
    });
  });

  it("is not waited for while nobody has the incident, nor when a person asks for the next level", () => {
    const first = policyOf([["A", { condition: night }], ["B"]]);
    expect(planEscalation(first, standing(), factsAt(NOON))).toMatchObject({ position: { level: 2 } });
    const alone = policyOf([["A", { condition: night }]]);
    expect(planEscalation(alone, standing(), factsAt(NOON))).toMatchObject({ kind: "fallback" });
    const byHand = held(1, { byHand: { level: null } });
    expect(
      planEscalation(policyOf([["A"], ["B", { condition: night }], ["C"]]), byHand, factsAt(NOON)),
    ).toMatchObject({
      position: { level: 3 },
    });
    const named = held(1, { byHand: { level: 2 } });
    expect(planEscalation(policy, named, factsAt(NOON))).toMatchObject({
      kind: "enter",
      position: { level: 2 },
    });
  });

  it("with equal bounds is used always, or all of the days named", () => {
    const always = { ...night, startTime: "09:00", endTime: "09:00" };
    const instants = ["2026-06-03T00:00:00Z", "2026-06-03T08:00:00Z", "2026-12-06T23:59:59Z"];
    expect(instants.every((instant) => openingAt(always, new Date(instant)).isOpen)).toBe(true);
    const sundays = { ...always, startTime: "00:00", endTime: "00:00", daysOfWeek: [7] };
    expect(openingAt(sundays, new Date("2026-06-07T12:00:00Z")).isOpen).toBe(true);
    expect(openingAt(sundays, new Date("2026-06-08T12:00:00Z"))).toEqual({
      isOpen: false,
      opensAt: new Date("2026-06-13T23:00:00Z"),
    });
  });

  it("keeps its local hours over clock changes (case 5: 08:30–17:30 London)", () => {
    const office = { ...night, startTime: "08:30", endTime: "17:30" };
    const open = (instant: string) => openingAt(office, new Date(instant)).isOpen;
    expect([open("2023-10-27T07:30:00Z"), open("2023-10-27T07:29:59Z")]).toEqual([true, false]);
    expect([open("2023-10-30T08:30:00Z"), open("2023-10-30T08:29:59Z")]).toEqual([true, false]);
    expect([open("2023-10-27T16:30:00Z"), open("2023-10-30T17:29:59Z")]).toEqual([false, true]);
    expect([open("2024-03-29T08:30:00Z"), open("2024-04-01T07:30:00Z")]).toEqual([true, true]);
  });

  it("is told in words", () => {
    expect(hoursSentence({ ...night, daysOfWeek: [1, 2, 3, 4, 5] })).toBe(
      "Mon–Fri 22:00–06:00 Europe/London",
    );
    expect(hoursSentence({ ...night, daysOfWeek: [6, 7], endTime: "22:00" })).toBe(
      "Sat, Sun all day Europe/London",
    );
  });

  it("whose hours can't be read is used rather than lost", () => {
    expect(openingAt({ ...night, timeZone: "Mars/Olympus" }, new Date(NOON)).isOpen).toBe(true);
  });
});

describe("a level that only tells", () => {
  it("is passed at once while nobody has the incident: its people and the next level's are told together", () => {
    const policy = policyOf([["A", { notifyOnly: true }], ["B"]]);
    const decision = planEscalation(policy, standing(), factsAt(NOON));
    expect(decision).toMatchObject({ kind: "enter", position: { level: 2 } });
    expect([idsOf(decision), toldBy(decision)]).toEqual(["B", "A"]);
  });

  it("leaves the incident with whoever has it, for its own delay", () => {
    const policy = policyOf([["A"], ["B", { notifyOnly: true, delayMinutes: 3 }], ["C"]]);
    const decision = planEscalation(policy, held(1), factsAt(NOON));
    expect(decision).toMatchObject({ kind: "tell", position: { level: 2 }, delayMinutes: 3 });
    expect(toldBy(decision)).toBe("B");
  });

  it("alone never is all there is: the fallback takes the incident, and it ends", () => {
    const policy = policyOf([["A", { notifyOnly: true }]]);
    const first = planEscalation(policy, standing(), factsAt(NOON));
    expect([first.kind, idsOf(first), toldBy(first)]).toEqual(["fallback", "F", "A"]);
    const next = planEscalation(policy, held(2), factsAt(NOON));
    expect(next.kind).toBe("tell");
    expect(planEscalation(policy, held(1, { loop: 1 }), factsAt(NOON)).kind).toBe("exhausted");
  });

  it("doesn't tell somebody beside who takes it over", () => {
    const policy = policyOf([["AB", { notifyOnly: true }], ["B"]]);
    const decision = planEscalation(policy, standing(), factsAt(NOON));
    expect([idsOf(decision), toldBy(decision)]).toEqual(["B", "A"]);
  });
});

describe("a level that hands on", () => {
  const policy = policyOf([["ABC", { strategy: "round_robin_cycle", cycleMinutes: 4 }], ["D"]]);

  it("goes to the next member every few minutes, then to the next level when its time is over", () => {
    const told: [string, number][] = [];
    let at = standing();
    for (let step = 0; step < 4; step += 1) {
      const decision = planEscalation(policy, at, factsAt(NOON));
      if (decision.kind !== "enter") throw new Error(decision.kind);
      told.push([idsOf(decision), decision.delayMinutes]);
      at = { ...at, ...decision.position, members: decision.members, isHeld: true };
    }
    expect(told).toEqual([
      ["A", 4],
      ["B", 4],
      ["C", 2],
      ["D", 10],
    ]);
  });

  it("gives whoever is there alone all of its time", () => {
    const decision = planEscalation(policy, standing(), factsAt(NOON, "BD"));
    expect([idsOf(decision), "delayMinutes" in decision && decision.delayMinutes]).toEqual(["B", 10]);
  });

  it("is left by hand for the next level", () => {
    const at = held(1, { members: { L0: "A" }, byHand: { level: null } });
    expect(idsOf(planEscalation(policy, at, factsAt(NOON)))).toBe("D");
  });
});

describe("repeating until somebody acknowledges", () => {
  const policy = policyOf(
    [
      ["A", { delayMinutes: 1 }],
      ["B", { delayMinutes: 1 }],
    ],
    {
      nobodyAnswered: { repeat: true },
    },
  );

  it("begins again after the last pass, and never more than six times an hour", () => {
    const decision = planEscalation(policy, held(2), factsAt(NOON));
    expect(decision).toMatchObject({ kind: "enter", position: { level: 1, loop: 1 }, repeated: true });
    let at = held(2);
    let minutes = 0;
    let passes = 0;
    while (minutes < 60) {
      const next = planEscalation(policy, at, factsAt(NOON));
      if (next.kind !== "enter") throw new Error(next.kind);
      if (next.position.level === 1) passes += 1;
      minutes += next.delayMinutes;
      at = { ...at, ...next.position };
    }
    expect(passes).toBeLessThanOrEqual(6);
  });
});

describe("planning, whatever the policy", () => {
  it("never drops: whoever it is for, somebody takes it or that there is nobody is said", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        const decision = planEscalation(policy, standing(), facts);
        const canBeTold = ("people" in decision ? decision.people : []).length > 0;
        expect(["enter", "fallback", "nobody"]).toContain(decision.kind);
        expect(canBeTold).toBe(decision.kind !== "nobody");
        const reachable = [policy.fallbackUserId ?? "", ...facts.catchAll].some((id) => facts.people.has(id));
        expect(decision.kind === "nobody" && reachable).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it("goes on to an end, or for ever only where it is to be repeated or nobody is there; each step later than the one before", () => {
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        let at = standing();
        let now = facts.at;
        const kinds: string[] = [];
        // Three times through three levels that turn every minute of half an hour, and their waits.
        for (let step = 0; step < 300; step += 1) {
          const decision = planEscalation(policy, at, { ...facts, at: now });
          kinds.push(decision.kind);
          if (decision.kind === "exhausted") return;
          const due = nextDueAt(decision, now);
          expect(due.getTime()).toBeGreaterThan(now.getTime());
          const members = decision.kind === "enter" ? decision.members : at.members;
          at = { ...decision.position, members, isHeld: at.isHeld || decision.kind !== "nobody" };
          now = due;
        }
        expect(policy.nobodyAnswered.repeat || kinds.includes("nobody")).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
