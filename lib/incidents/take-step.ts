import type { OnCallFacts, Told } from "#lib/escalation/choose-people";
import { nextDueAt, planEscalation, TOP } from "#lib/escalation/plan";
import type { EscalationDecision, Position, Standing } from "#lib/escalation/plan";
import { addSeconds, without } from "#lib/incidents/incident";
import type { IncidentChange, IncidentState, PageRequest, PendingAction } from "#lib/incidents/incident";
import { decisionLog } from "#lib/incidents/step-log";
import type { PageReason } from "#lib/notifications/vocabulary";

const DEFAULT_DIRECT_SECONDS = 1800;

export type Entry = {
  kind: "first" | "timeout" | "manual" | "delegate" | "reopen" | "urgency";
  reason: PageReason;
  /** The level that a person named. */
  level?: number;
};

export type Step = { change: IncidentChange; decision: EscalationDecision };

/**
 * Takes an incident one step along its policy and says who is paged. Nothing left to try: the last level keeps the incident
 * and no more pages go out. Nobody at all: the fallback has it, or it is marked unassigned; a coverage gap is recorded either way.
 */
export function takeStep(
  state: IncidentState,
  from: Position,
  facts: OnCallFacts,
  at: Date,
  entry: Entry,
): Step {
  const standing = standingOf(state, from, facts, entry);
  const onward = planEscalation(state.policy, standing, facts);
  // Whoever was told last keeps it; where that is nobody, the policy begins anew.
  const isKept = onward.kind !== "exhausted" || state.assignees.length > 0;
  const decision = isKept ? onward : planEscalation(state.policy, { ...standing, ...TOP }, facts);
  return { decision, change: changeFor(state, decision, facts, at, entry) };
}

/** Who has it matters only where it goes on by itself: whoever hands it over, or begins it, waits for nobody. */
function standingOf(state: IncidentState, from: Position, facts: OnCallFacts, entry: Entry): Standing {
  const goesOn = entry.kind === "timeout" || entry.kind === "manual";
  return {
    ...from,
    members: state.ringMembers,
    isHeld: goesOn && state.assignees.some(({ userId }) => facts.people.has(userId)),
    ...(entry.kind === "manual" && { byHand: { level: entry.level ?? null } }),
  };
}

function changeFor(
  state: IncidentState,
  decision: EscalationDecision,
  facts: OnCallFacts,
  at: Date,
  entry: Entry,
): IncidentChange {
  const log = decisionLog(decision, entry, facts);
  const coverageGaps = decision.skipped.flatMap(({ level, because, isGap }) =>
    isGap ? [{ level, because }] : [],
  );
  if (decision.kind === "exhausted") {
    // Only a level that was named may lie beyond those that are still to come.
    const pending = isExhausted(state, facts) ? without(state, "escalate") : [...state.pending];
    return { kind: "change", topic: "incident.exhausted", patch: {}, pending, log, coverageGaps };
  }
  if (decision.kind === "wait" || decision.kind === "tell") {
    return { ...keepFor(state, decision, at), log, coverageGaps };
  }
  const handed = handTo(state, decision, at, entry);
  if (decision.kind === "enter") return { ...handed, log, coverageGaps };
  if (decision.kind === "nobody" && entry.kind === "timeout" && state.assignees.length === 0) {
    // Tried again, and still nobody: that was said the first time.
    const { pending } = handed;
    return { kind: "change", topic: "incident.updated", patch: {}, ...(pending && { pending }), log: [] };
  }
  const gap = { level: null, because: decision.because };
  return { ...handed, log, coverageGaps: [...coverageGaps, gap] };
}

type Bare = Omit<IncidentChange, "log" | "coverageGaps">;

/** Whoever has it keeps it, with the pages that are under way. */
function keepFor(
  state: IncidentState,
  decision: Extract<EscalationDecision, { kind: "wait" | "tell" }>,
  at: Date,
): Bare {
  const pages = toldPages(decision, state);
  const { level, loop, turn } = decision.position;
  return {
    kind: "change",
    topic: decision.kind === "tell" ? "incident.escalated" : "incident.updated",
    patch: { level, loop, turn },
    // Once somebody has taken it, telling others doesn't start it again.
    pending:
      state.status === "triggered"
        ? [...without(state, "escalate"), ...escalateTimer(state, decision, at)]
        : [...state.pending],
    ...(pages.length > 0 && { pages }),
  };
}

function handTo(
  state: IncidentState,
  decision: Extract<EscalationDecision, { kind: "enter" | "fallback" | "nobody" }>,
  at: Date,
  entry: Entry,
): Bare {
  const timers = escalateTimer(state, decision, at);
  const { position } = decision;
  const people = decision.kind === "nobody" ? [] : decision.people;
  const pending = [...without(state, "escalate", "unacknowledge"), ...timers];
  return {
    kind: "change",
    topic: entry.kind === "first" ? "incident.triggered" : "incident.escalated",
    patch: {
      status: "triggered",
      assignedVia: "escalation_policy",
      level: position.level,
      loop: position.loop,
      turn: position.turn,
      unassigned: people.length === 0,
      snoozedUntil: null,
      ...(decision.kind === "enter" && { ringMembers: decision.members }),
    },
    assignees: people.map((person) => person.userId),
    acknowledgers: [],
    pending,
    cancelPages: { because: "The incident moved on" },
    pages: [...pageEach(people, decision, entry), ...toldPages(decision, null)],
    ...(decision.kind === "enter" && { rings: decision.rings }),
  };
}

/** Whether nothing is left to try from where it stands. */
export function isExhausted(state: IncidentState, facts: OnCallFacts): boolean {
  const from = state.assignedVia === "direct_assignment" ? TOP : state;
  const isHeld = state.assignees.some(({ userId }) => facts.people.has(userId));
  return planFrom(state, from, facts, isHeld).kind === "exhausted";
}

/** What the policy would do from a position; asked without deciding anything. */
export function planFrom(
  state: Pick<IncidentState, "policy" | "ringMembers">,
  { level, loop, turn }: Position,
  facts: OnCallFacts,
  isHeld: boolean,
): EscalationDecision {
  return planEscalation(state.policy, { level, loop, turn, members: state.ringMembers, isHeld }, facts);
}

/** Before the level that was told last, so that it is asked once more; from the top where nothing is left from there. */
export function whereItStands(state: IncidentState, facts: OnCallFacts): Position {
  if (state.assignedVia === "direct_assignment" || state.level > state.policy.levels.length) return TOP;
  const from = { level: Math.max(0, holdingLevel(state) - 1), loop: state.loop, turn: 0 };
  return planFrom(state, from, facts, false).kind === "exhausted" ? TOP : from;
}

/** The level whose people have it: the last one entered that doesn't only tell; 0: none. */
export function holdingLevel({ policy, level }: Pick<IncidentState, "policy" | "level">): number {
  return policy.levels.slice(0, level).findLastIndex(({ notifyOnly }) => !notifyOnly) + 1;
}

/** When the policy goes on by itself, if it does at this urgency. */
export function escalateTimer(state: IncidentState, decision: EscalationDecision, at: Date): PendingAction[] {
  if (decision.kind === "exhausted") return [];
  const escalates =
    state.urgency === "high" || state.service.escalateLowUrgency || decision.kind === "nobody";
  return escalates ? [{ type: "escalate", at: nextDueAt(decision, at) }] : [];
}

/** When the policy takes over from people who were assigned by hand and don't answer. */
export function directTimer(state: IncidentState, at: Date): PendingAction[] {
  if (state.urgency === "low" && !state.service.escalateLowUrgency) return [];
  const seconds = state.service.acknowledgementTimeout ?? DEFAULT_DIRECT_SECONDS;
  return [{ type: "escalate", at: addSeconds(at, seconds) }];
}

function pageEach(people: readonly Told[], decision: EscalationDecision, entry: Entry): PageRequest[] {
  const reason = decision.kind === "fallback" ? "fallback" : entry.reason;
  const level = decision.kind === "enter" ? decision.position.level : null;
  return people.map((person) => ({ userId: person.userId, reason, level, trace: person.trace }));
}

/** Pages for those who are only told; whoever has the incident already needn't be. */
function toldPages(decision: EscalationDecision, holding: IncidentState | null): PageRequest[] {
  if (decision.kind === "exhausted") return [];
  return decision.told
    .filter(({ userId }) => !holding?.assignees.some((person) => person.userId === userId))
    .map(({ userId, level, trace }) => ({ userId, reason: "told", level, trace }));
}
