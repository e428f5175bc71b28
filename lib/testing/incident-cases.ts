import { fc } from "@fast-check/vitest";
import type { OnCallFacts } from "#lib/escalation/choose-people";
import { TOP } from "#lib/escalation/plan";
import { NOTHING_MORE } from "#lib/escalation/policy";
import type { Level, NobodyAnswered, PolicySnapshot } from "#lib/escalation/policy";
import { applied as applyChange } from "#lib/incidents/applied";
import { acknowledge, snooze } from "#lib/incidents/acknowledge";
import { changeFields, changeUrgency, delegate } from "#lib/incidents/amend";
import { assignDirectly, escalate, unacknowledge } from "#lib/incidents/assign";
import { handBack } from "#lib/incidents/hand-back";
import type { IncidentChange, IncidentState, Transition, Who } from "#lib/incidents/incident";
import { reopen, resolve } from "#lib/incidents/resolve";
import { handOverShift } from "#lib/incidents/shift-change";
import { openTimers } from "#lib/incidents/timers";

const PEOPLE = ["A", "B", "C", "D"];
export const START = Date.parse("2026-06-03T20:00:00Z");
const MINUTE = 60_000;

/** An incident at an instant, and who can be told then. */
export type Case = { state: IncidentState; facts: OnCallFacts; at: Date };
/** Something that can happen to it. */
export type Action = { name: string; run: (now: Case) => Transition };

const personOf = (userId: string) => ({ userId, name: userId });
export const whoIs = (id: string): Who => ({ type: "user", id, name: id, channel: "website" });
const MACHINE: Who = { type: "integration", id: "I", name: "Monitor", channel: "api" };

const conditionArbitrary: fc.Arbitrary<Level["condition"]> = fc.option(
  fc.record({
    timeZone: fc.constantFrom("Etc/UTC", "America/New_York"),
    startTime: fc.constantFrom("00:00", "09:00", "20:30"),
    endTime: fc.constantFrom("00:00", "06:00", "17:00"),
    daysOfWeek: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    otherwise: fc.constantFrom("skip" as const, "wait" as const),
  }),
  { freq: 2 },
);

/** How a level tells its targets; turns fit into any delay from two minutes on. */
export const levelWaysArbitrary = fc.oneof(
  fc
    .constantFrom("everyone" as const, "round_robin" as const)
    .map((strategy) => ({ strategy, cycleMinutes: null })),
  fc.constant({ strategy: "round_robin_cycle" as const, cycleMinutes: 1 }),
);

export const nobodyAnsweredArbitrary: fc.Arbitrary<NobodyAnswered> = fc.oneof(
  fc.constant(NOTHING_MORE),
  fc.record({
    tell: fc.constantFrom(null, { type: "user" as const, id: "D", name: "D" }, { type: "managers" as const }),
    raiseUrgency: fc.boolean(),
    priority: fc.constantFrom(null, { id: "P1", name: "P1", rank: 1 }),
    policy: fc.constantFrom(null, { id: "Q", name: "Q" }),
    repeat: fc.boolean(),
  }),
);

export const policyArbitrary: fc.Arbitrary<PolicySnapshot> = fc.record({
  policyId: fc.constantFrom("P", "Q"),
  version: fc.constant(1),
  nobodyAnswered: nobodyAnsweredArbitrary,
  name: fc.constant("Payments"),
  numLoops: fc.integer({ min: 0, max: 2 }),
  teamId: fc.constant(null),
  fallbackUserId: fc.option(fc.constantFrom(...PEOPLE)),
  levels: fc
    .array(
      fc.tuple(
        fc.record({
          delayMinutes: fc.integer({ min: 2, max: 30 }),
          targets: fc.uniqueArray(
            fc.constantFrom(...PEOPLE.map((id) => ({ type: "user" as const, id, name: id })), {
              type: "schedule" as const,
              id: "S",
              name: "S",
            }),
            { maxLength: 3, selector: ({ id }) => id },
          ),
          notifyOnly: fc.boolean(),
          condition: conditionArbitrary,
        }),
        levelWaysArbitrary,
      ),
      { maxLength: 3 },
    )
    .map((levels) => levels.map(([level, ways], index) => ({ ...level, ...ways, id: `L${index}` }))),
});
export const serviceArbitrary = fc.record({
  acknowledgementTimeout: fc.constantFrom(null, 1800),
  autoResolveTimeout: fc.constantFrom(null, 14_400),
  escalateLowUrgency: fc.boolean(),
  supportHours: fc.constant({
    timeZone: "Etc/UTC",
    startTime: "09:00",
    endTime: "17:00",
    daysOfWeek: [1, 2, 3, 4, 5],
  }),
  raiseUrgencyAt: fc.constantFrom(null, "support_hours_start" as const),
});
export const factsArbitrary: fc.Arbitrary<OnCallFacts> = fc.record({
  at: fc.integer({ min: 0, max: 14 * 24 * 60 }).map((minutes) => new Date(START + minutes * MINUTE)),
  rings: fc
    .array(fc.record({ lastTargetId: fc.constantFrom(...PEOPLE), lastIndex: fc.nat(2) }), { maxLength: 3 })
    .map((rings) => new Map(rings.map((ring, index) => [`L${index}`, ring]))),
  policies: fc.constant(new Map()),
  priorityRanks: fc.constant(new Map([["P1", 1]])),
  schedules: fc
    .subarray(PEOPLE)
    .map((ids) => new Map([["S", ids.map((userId) => ({ userId, because: "On call" }))]])),
  people: fc.subarray(PEOPLE).map((ids) => new Map(ids.map((id) => [id, { name: id }]))),
  teamManagers: fc.constant(new Map()),
  catchAll: fc.subarray(PEOPLE),
});
export const actionArbitrary: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom(...PEOPLE).map((id) => ({
    name: `${id} acknowledges`,
    run: ({ state, at }: Case) => acknowledge(state, whoIs(id), at),
  })),
  fc.constant({
    name: "a monitor acknowledges",
    run: ({ state, at }: Case) => acknowledge(state, MACHINE, at),
  }),
  fc.constantFrom(...PEOPLE).map((id) => ({
    name: `${id} snoozes`,
    run: ({ state, at }: Case) => snooze(state, whoIs(id), at, new Date(at.getTime() + 60 * MINUTE)),
  })),
  fc.constant({
    name: "the escalation is due",
    run: ({ state, facts, at }: Case): Transition =>
      state.status === "triggered"
        ? escalate(state, facts, at, { kind: "timeout" })
        : { kind: "refused", because: "same" },
  }),
  fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }).map((level) => ({
    name: `escalated to ${level ?? "the next level"}`,
    run: ({ state, facts, at }: Case) =>
      escalate(state, facts, at, { kind: "manual", ...(level === undefined ? {} : { level }) }),
  })),
  fc.constantFrom("timeout" as const, "manual" as const, "snooze" as const).map((how) => ({
    name: `un-acknowledged (${how})`,
    run: ({ state, facts, at }: Case) => unacknowledge(state, facts, at, how),
  })),
  fc.subarray(PEOPLE, { minLength: 1 }).map((ids) => ({
    name: `assigned to ${ids.join()}`,
    run: ({ state, at }: Case) => assignDirectly(state, ids.map(personOf), at),
  })),
  policyArbitrary.map((policy) => ({
    name: "delegated",
    run: ({ state, facts, at }: Case) => delegate(state, policy, facts, at),
  })),
  fc.constantFrom("high" as const, "low" as const).map((urgency) => ({
    name: `urgency ${urgency}`,
    run: ({ state, facts, at }: Case) => changeUrgency(state, urgency, facts, at),
  })),
  fc.constant({
    name: "handed back",
    run: ({ state, facts, at }: Case) => handBack(state, facts, at, "They left"),
  }),
  fc.constant({
    name: "the shift changes",
    run: ({ state, facts }: Case) => handOverShift(state, facts),
  }),
  fc.constant({
    name: "renamed",
    run: ({ state }: Case) =>
      changeFields(state, { title: "New" }, [{ field: "title", from: state.title, to: "New" }], null),
  }),
  fc.constantFrom("person" as const, "integration" as const, "timeout" as const).map((via) => ({
    name: `resolved (${via})`,
    run: ({ state, at }: Case) => resolve(state, MACHINE, at, { resolution: null, via }),
  })),
  fc
    .tuple(fc.constantFrom(whoIs("A"), MACHINE), fc.boolean(), policyArbitrary)
    .map(([who, acknowledged, policy]) => ({
      name: `reopened${acknowledged ? " and taken" : ""}`,
      run: ({ state, facts, at }: Case) =>
        reopen(state, who, at, { policy, facts, acknowledged, because: null }),
    })),
);

/** A new incident that nobody was told about yet. */
export function opened(
  policy: PolicySnapshot,
  service: IncidentState["service"],
  urgency: "high" | "low",
): IncidentState {
  const createdAt = new Date(START);
  return {
    id: "I",
    number: 1,
    title: "Old",
    status: "triggered",
    urgency,
    serviceId: "S",
    policy,
    assignedVia: "escalation_policy",
    ...TOP,
    ringMembers: {},
    nobodyAnswered: [],
    priorityId: null,
    step: 0,
    generation: 1,
    createdAt,
    acknowledgedAt: null,
    resolvedAt: null,
    snoozedUntil: null,
    reopenCount: 0,
    mergedIntoId: null,
    assignees: [],
    acknowledgers: [],
    pending: openTimers({ service, urgency }, createdAt),
    service,
  };
}

/** What the shell would store. */
export function applied(state: IncidentState, change: IncidentChange): IncidentState {
  return applyChange(state, change, (userId) => userId);
}
