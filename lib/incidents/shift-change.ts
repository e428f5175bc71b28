import { choosePeople } from "#lib/escalation/choose-people";
import type { OnCallFacts, Told } from "#lib/escalation/choose-people";
import { openingAt } from "#lib/escalation/condition";
import type { IncidentState, Transition } from "#lib/incidents/incident";
import { named } from "#lib/incidents/step-log";
import { holdingLevel } from "#lib/incidents/take-step";

/**
 * Whoever came on call at the level that an incident nobody has acknowledged stands at joins those who have it and is paged; those
 * whose shift is over keep it until somebody answers, and are told who came. Its escalation goes on as planned. Refused as `same`
 * when nobody came; an acknowledged one stays with its owner.
 */
export function handOverShift(state: IncidentState, facts: OnCallFacts): Transition {
  if (state.status === "resolved") return { kind: "refused", because: "already-resolved" };
  const level = standsAt(state, facts);
  // A step that is due goes first, and asks itself who is on call: nobody is woken for a level that is just being left.
  if (level === null || isStepDue(state, facts.at)) return { kind: "refused", because: "same" };
  const { people: onCall, turn } = choosePeople(state.policy, level, facts, state.ringMembers);
  // Nobody is left where its turn was: that is the policy's to go on with, not a change of shift.
  if (turn) return { kind: "refused", because: "same" };
  const has = new Set(state.assignees.map(({ userId }) => userId));
  const came = onCall.filter(({ userId }) => !has.has(userId));
  if (came.length === 0) return { kind: "refused", because: "same" };
  const stays = new Set(onCall.map(({ userId }) => userId));
  const left = state.assignees.filter(({ userId }) => !stays.has(userId) && facts.people.has(userId));
  const newcomers = named(came, facts);
  return {
    kind: "change",
    topic: "incident.reassigned",
    patch: { unassigned: false },
    assignees: [...state.assignees, ...came].map(({ userId }) => userId),
    pages: came.map((person) => pageOf(person, level)),
    notices: left.map(({ userId }) => ({
      userId,
      title: `#${state.number} is also with ${newcomers.map(({ name }) => name).join(", ")}`,
      lines: [
        state.title,
        "Your shift ended while nobody had acknowledged it: whoever came on call was paged.",
        "It stays with you as well until somebody acknowledges.",
      ],
    })),
    log: [{ type: "handoff", class: "key", data: { level, assignees: newcomers, left: named(left, facts) } }],
  };
}

type Watched = Pick<IncidentState, "status" | "urgency" | "assignedVia" | "policy" | "level" | "ringMembers">;

/** The schedules whose changes of shift concern an incident: those of its level, or the one whose turn it is. */
export function watchedSchedules(state: Watched): string[] {
  const level = state.policy.levels[(watchedLevel(state) ?? 0) - 1];
  if (!level) return [];
  const member = level.id === null || level.strategy === "everyone" ? undefined : state.ringMembers[level.id];
  return level.targets
    .filter(({ type, id }) => type === "schedule" && (member === undefined || member === id))
    .map(({ id }) => id);
}

/** The level whose on-call people it is for now; null: none, or outside its hours. */
function standsAt(state: IncidentState, facts: OnCallFacts): number | null {
  const number = watchedLevel(state);
  const level = state.policy.levels[(number ?? 0) - 1];
  return level && openingAt(level.condition, facts.at).isOpen ? number : null;
}

function watchedLevel(state: Watched): number | null {
  const isWatched =
    state.status === "triggered" && state.urgency === "high" && state.assignedVia === "escalation_policy";
  return isWatched && state.level <= state.policy.levels.length ? holdingLevel(state) : null;
}

function isStepDue({ pending }: IncidentState, at: Date): boolean {
  return pending.some((action) => action.type === "escalate" && action.at <= at);
}

function pageOf({ userId, trace }: Told, level: number) {
  const because = "Came on call at this level while nobody had acknowledged";
  return {
    userId,
    reason: "handoff" as const,
    level,
    trace: [...trace, { step: "shift change", outcome: "paged", because }],
  };
}
