import type { OnCallFacts } from "#lib/escalation/choose-people";
import { unacknowledge } from "#lib/incidents/assign";
import type { IncidentState, Transition } from "#lib/incidents/incident";
import { enterNext } from "#lib/incidents/nobody-answered";
import { whereItStands } from "#lib/incidents/take-step";

/**
 * Takes an incident out of the hands of people who can't be paged any more (they are not in `facts.people`). As long as somebody
 * else has it they are only left out; else whoever is on call for it now is paged. Refused as `same` when everybody is there.
 */
export function handBack(state: IncidentState, facts: OnCallFacts, at: Date, because: string): Transition {
  if (state.status === "resolved") return { kind: "refused", because: "already-resolved" };
  const isThere = ({ userId }: { userId: string }) => facts.people.has(userId);
  const assignees = state.assignees.filter(isThere);
  const acknowledgers = state.acknowledgers.filter(isThere);
  const gone = [...state.assignees, ...state.acknowledgers].filter((person) => !isThere(person));
  if (gone.length === 0) return { kind: "refused", because: "same" };
  const holders = state.acknowledgers.length > 0 ? acknowledgers : assignees;
  const log = {
    type: "assign" as const,
    class: "people" as const,
    data: { because, assignees: holders.map(({ userId, name }) => ({ id: userId, name })) },
  };
  if (holders.length > 0) {
    return {
      kind: "change",
      topic: "incident.reassigned",
      patch: {},
      assignees: assignees.map(({ userId }) => userId),
      acknowledgers: acknowledgers.map(({ userId }) => userId),
      log: [log],
    };
  }
  if (state.status === "acknowledged") return unacknowledge(state, facts, at, { because });
  const entered = enterNext(state, whereItStands(state, facts), facts, at, {
    kind: "first",
    reason: "reassigned",
  });
  return {
    ...entered,
    topic: "incident.reassigned",
    log: entered.log.map((entry) =>
      entry.type === "assign" ? { ...entry, data: { ...entry.data, because } } : entry,
    ),
  };
}
