import type { ShownStatus } from "#components/incidents/incident-status";
import type { PriorityLevel } from "#components/incidents/priority";
import type { IncidentRowDto } from "#lib/incidents/schemas";

/** The status as people see it: merged and snoozed are truer than what is stored. */
export function shownStatus(
  incident: Pick<IncidentRowDto, "status" | "merged" | "snoozedUntil">,
): ShownStatus {
  if (incident.merged) return "merged";
  return incident.snoozedUntil ? "snoozed" : incident.status;
}

/** The rank of a priority as a level of the ramp. */
export function priorityLevel(rank: number): PriorityLevel {
  const levels: readonly PriorityLevel[] = [1, 2, 3, 4, 5];
  return levels.find((level) => level === rank) ?? 5;
}
