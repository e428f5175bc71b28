import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import type { OnCallFacts } from "#lib/escalation/choose-people";
import { TOP } from "#lib/escalation/plan";
import { changeUrgency } from "#lib/incidents/amend";
import { handBack } from "#lib/incidents/hand-back";
import type { IncidentChange, IncidentState } from "#lib/incidents/incident";
import { enterNext } from "#lib/incidents/nobody-answered";
import { resolve } from "#lib/incidents/resolve";
import { planFrom } from "#lib/incidents/take-step";
import {
  actionArbitrary,
  applied,
  factsArbitrary,
  opened,
  policyArbitrary,
  serviceArbitrary,
  START,
  whoIs,
} from "#lib/testing/incident-cases";
import type { Case } from "#lib/testing/incident-cases";

const MINUTE = 60_000;
const begun = new Date(START);

type Fault = [isWrong: boolean, sentence: string];

function sentences(faults: readonly Fault[]): string[] {
  return faults.filter(([isWrong]) => isWrong).map(([, sentence]) => sentence);
}

function waits({ status, pending }: IncidentState): boolean {
  return status === "triggered" && !pending.some(({ type }) => type === "escalate");
}

/** Nobody will be told although somebody could be. */
function isStalled({ state, facts }: Case): boolean {
  if (state.urgency === "low" || !waits(state)) return false;
  const from = state.assignedVia === "direct_assignment" ? TOP : state;
  const isHeld = state.assignees.some(({ userId }) => facts.people.has(userId));
  return planFrom(state, from, facts, isHeld).kind !== "exhausted";
}

/** It had come to its end before, when other people could be told, and nothing was decided since. */
function wasStalled({ state }: Case, before: IncidentState | null): boolean {
  return before !== null && before.step === state.step && waits(before);
}

/** What must never be stored. `before`: what was stored until now; null for a new incident. */
function faultsOf(now: Case, before: IncidentState | null): string[] {
  const { state, at } = now;
  const { status, assignees, acknowledgers, pending } = state;
  const types = pending.map(({ type }) => type);
  const has = (type: (typeof types)[number]) => types.includes(type);
  const [isTriggered, isAcknowledged, isResolved] = [
    status === "triggered",
    status === "acknowledged",
    status === "resolved",
  ];
  const left = pending.length + assignees.length + acknowledgers.length;
  return sentences([
    [new Set(types).size < types.length, "two timers of a kind"],
    [isResolved !== (state.resolvedAt !== null), "resolved without an instant, or the other way round"],
    [state.snoozedUntil !== null && !isAcknowledged, "snoozed though nobody has it"],
    [isResolved && left > 0, "resolved, yet something is left"],
    [isAcknowledged && has("escalate"), "acknowledged, yet it escalates"],
    [isTriggered && acknowledgers.length > 0, "triggered, yet acknowledged by somebody"],
    [isTriggered && has("unacknowledge"), "triggered, yet its acknowledgement runs out"],
    [isTriggered && assignees.length === 0 && !has("escalate"), "nobody's, and not tried again"],
    [isStalled(now) && !wasStalled(now, before), "not escalated though somebody is left to tell"],
    [has("urgency_change") && state.urgency === "high", "high, yet it waits to be raised"],
    [
      pending.some((action) => action.at.getTime() < Math.min(at.getTime(), START)),
      "a timer before its time",
    ],
  ]);
}

/** What a transition must never do. `named`: its people were named by hand. */
function wrongsOf(
  before: IncidentState,
  change: IncidentChange,
  { state, facts }: Case,
  named: boolean,
): string[] {
  const pages = change.pages ?? [];
  const paged = pages.map(({ userId }) => userId);
  // Whoever is only told needn't have it, and doesn't end what others are told.
  const beside = new Set(["told", "nobody_answered", "handoff"]);
  const taking = pages.filter(({ reason }) => !beside.has(reason));
  const holders = state.assignees.map(({ userId }) => userId);
  const had = new Set(before.assignees.map(({ userId }) => userId));
  const newly = holders.filter((userId) => !had.has(userId));
  const isTriggered = state.status === "triggered";
  return sentences([
    [new Set(paged).size < paged.length, "somebody is paged twice in one step"],
    [taking.some(({ userId }) => !holders.includes(userId)), "somebody is paged who doesn't have it"],
    [!named && paged.some((userId) => !facts.people.has(userId)), "somebody is paged who can't be"],
    [paged.length > 0 && state.step !== before.step + 1, "pages without a step of their own"],
    [state.step < before.step, "steps go back"],
    [
      taking.length > 0 && change.cancelPages === undefined && before.status !== "resolved",
      "new pages beside the old ones",
    ],
    [isTriggered && newly.some((userId) => !paged.includes(userId)), "somebody got it and isn't told"],
    [change.log.length === 0 && change.topic !== "incident.updated", "something happened and isn't told"],
  ]);
}

/** Time goes on: nothing is judged at an instant before that of the last. */
function inOrder<Action>(
  actions: readonly (readonly [Action, OnCallFacts])[],
): (readonly [Action, OnCallFacts])[] {
  let latest = START;
  return actions.map(([action, facts]) => {
    latest = Math.max(latest + MINUTE, facts.at.getTime());
    return [action, { ...facts, at: new Date(latest) }] as const;
  });
}

const caseArbitrary = [
  policyArbitrary,
  serviceArbitrary,
  fc.constantFrom("high" as const, "low" as const),
  fc.array(fc.tuple(actionArbitrary, factsArbitrary), { minLength: 1, maxLength: 25 }),
  factsArbitrary,
] as const;

describe("an incident, whatever happens to it", () => {
  it("is always somebody's or tried again, and resolved leaves nothing behind", () => {
    fc.assert(
      fc.property(...caseArbitrary, (policy, service, urgency, actions, facts) => {
        let state = opened(policy, service, urgency);
        const first = enterNext(state, TOP, facts, begun, {
          kind: "first",
          reason: "assigned",
        });
        state = applied(state, first);
        const faults = faultsOf({ state, facts, at: begun }, null);
        for (const [action, now] of inOrder(actions)) {
          const { at } = now;
          const change = action.run({ state, facts: now, at });
          if (change.kind === "refused") continue;
          const before = state;
          state = applied(before, change);
          faults.push(...faultsOf({ state, facts: now, at }, before));
          const named = action.name.startsWith("assigned");
          faults.push(...wrongsOf(before, change, { state, facts: now, at }, named));
        }
        expect(faults).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("changes nothing but its fields and its being open once it is resolved", () => {
    fc.assert(
      fc.property(
        policyArbitrary,
        serviceArbitrary,
        actionArbitrary,
        factsArbitrary,
        (policy, service, action, facts) => {
          const at = begun;
          const open = opened(policy, service, "high");
          const end = resolve(open, whoIs("A"), at, { resolution: null, via: "person" });
          const state = end.kind === "change" ? applied(open, end) : open;
          const transition = action.run({ state, facts, at });
          const may = action.name.startsWith("reopened") || action.name === "renamed";
          expect(transition.kind === "change").toBe(may);
          expect(
            action.name === "renamed" && transition.kind === "change" ? transition.pages : undefined,
          ).toBeUndefined();
        },
      ),
    );
  });

  it("pages somebody when its urgency is raised while nobody has acknowledged, if anybody can be paged", () => {
    fc.assert(
      fc.property(...caseArbitrary, (policy, service, _urgency, actions, facts) => {
        let state = opened(policy, service, "low");
        const first = enterNext(state, TOP, facts, begun, {
          kind: "first",
          reason: "assigned",
        });
        state = applied(state, first);
        for (const [action, now] of actions) {
          const change = action.run({ state, facts: now, at: begun });
          if (change.kind === "change") state = applied(state, change);
        }
        fc.pre(state.status === "triggered" && state.urgency === "low");
        const raised = changeUrgency(state, "high", facts, begun);
        const anew = planFrom(state, TOP, facts, false);
        const anybody =
          ("people" in anew && anew.people.length > 0) ||
          ("told" in anew && anew.told.length > 0) ||
          (state.assignedVia === "direct_assignment" &&
            state.assignees.some(({ userId }) => facts.people.has(userId)));
        expect(raised.kind === "change" && (raised.pages ?? []).length > 0).toBe(anybody);
      }),
    );
  });

  it("is handed back only to people who can be paged", () => {
    fc.assert(
      fc.property(...caseArbitrary, (policy, service, urgency, actions, facts) => {
        let state = opened(policy, service, urgency);
        for (const [action, now] of actions) {
          const change = action.run({ state, facts: now, at: begun });
          if (change.kind === "change") state = applied(state, change);
        }
        const change = handBack(state, facts, begun, "They left");
        const after = change.kind === "change" ? applied(state, change) : state;
        const holders = [...after.assignees, ...after.acknowledgers].map(({ userId }) => userId);
        expect(holders.filter((userId) => !facts.people.has(userId))).toEqual([]);
        expect(handBack(after, facts, begun, "They left").kind).toBe("refused");
      }),
    );
  });
});
