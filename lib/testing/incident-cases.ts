import { fc } from "@fast-check/vitest";
import type { OnCallFacts } from "#lib/escalation/plan";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { acknowledge, snooze } from "#lib/incidents/acknowledge";
import { changeFields, changeUrgency, delegate } from "#lib/incidents/amend";
import { assignDirectly, escalate, unacknowledge } from "#lib/incidents/assign";
import { handBack } from "#lib/incidents/hand-back";
import type { IncidentChange, IncidentState, Transition, Who } from "#lib/incidents/incident";
import { reopen, resolve } from "#lib/incidents/resolve";
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

export const policyArbitrary: fc.Arbitrary<PolicySnapshot> = fc.record({
  policyId: fc.constantFrom("P", "Q"),
  name: fc.constant("Payments"),
  numLoops: fc.integer({ min: 0, max: 2 }),
  teamId: fc.constant(null),
  fallbackUserId: fc.option(fc.constantFrom(...PEOPLE)),
  levels: fc.array(
    fc.record({
      delayMinutes: fc.integer({ min: 1, max: 30 }),
      targets: fc.array(
        fc.constantFrom(...PEOPLE.map((id) => ({ type: "user" as const, id, name: id })), {
          type: "schedule" as const,
          id: "S",
          name: "S",
        }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 3 },
  ),
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
    level: 0,
    loop: 0,
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
  const { policySnapshot, ...patch } = change.patch;
  return {
    ...state,
    ...patch,
    policy: policySnapshot ?? state.policy,
    step: change.pages ? state.step + 1 : state.step,
    generation: state.generation + 1,
    assignees: change.assignees?.map(personOf) ?? state.assignees,
    acknowledgers: change.acknowledgers?.map(personOf) ?? state.acknowledgers,
    pending: change.pending ?? state.pending,
  };
}
