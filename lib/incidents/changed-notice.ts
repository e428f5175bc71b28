import type { IncidentChange, IncidentState } from "#lib/incidents/incident";
import type { Notice } from "#lib/notifications/vocabulary";

const DONE: Readonly<Record<string, string>> = {
  "incident.acknowledged": "acknowledged",
  "incident.snoozed": "snoozed",
  "incident.resolved": "resolved",
  "incident.escalated": "escalated",
  "incident.reassigned": "reassigned",
  "incident.delegated": "handed to another policy",
  "incident.merged": "merged",
};

/**
 * Whom a change of a high-urgency incident is news to, and what it says: those who held it, without whoever did it and without those
 * who are paged for it anyway. Null: to nobody.
 */
export function tellOfChange(
  state: IncidentState,
  change: IncidentChange,
  actor: { id: string | null; name: string },
): { userIds: string[]; says: Notice } | null {
  const done = DONE[change.topic];
  if (done === undefined || (change.urgency ?? state.urgency) !== "high") return null;
  const paged = new Set((change.pages ?? []).map(({ userId }) => userId));
  const userIds = state.assignees.flatMap(({ userId }) =>
    userId === actor.id || paged.has(userId) ? [] : [userId],
  );
  if (userIds.length === 0) return null;
  return {
    userIds,
    says: {
      title: `#${state.number} was ${done} by ${actor.name}`,
      lines: [state.title, "You held it until now; you need do nothing."],
      path: `/incidents/${state.number}`,
    },
  };
}
