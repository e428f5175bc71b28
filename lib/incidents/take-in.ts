import type { OnCallFacts } from "#lib/escalation/choose-people";
import { changeUrgency } from "#lib/incidents/amend";
import type { IncidentChange, IncidentState, LogDraft } from "#lib/incidents/incident";

/** An alert that comes onto an open incident, and why. */
export type Joiner = { alertId: string; summary: string; because: string };

/**
 * Takes alerts onto an open incident. That pages nobody, unless one of them would have had a higher urgency than the incident:
 * `raise` then makes it high, and its people are told by their high rules.
 */
export function takeIn(
  state: IncidentState,
  joiners: readonly Joiner[],
  raise: boolean,
  facts: OnCallFacts,
  at: Date,
): IncidentChange {
  const [first] = joiners;
  const log: LogDraft = {
    type: "alert_added",
    class: "system",
    data: {
      count: joiners.length,
      alertIds: joiners.map(({ alertId }) => alertId).slice(0, 100),
      summary: first?.summary ?? "",
      because: first?.because ?? "",
    },
  };
  const raised = raise ? changeUrgency(state, "high", facts, at) : null;
  if (raised?.kind === "change") return { ...raised, log: [log, ...raised.log] };
  return { kind: "change", topic: "incident.updated", patch: {}, log: [log] };
}
