import { nextSupportHoursBoundary } from "#lib/alerts/support-hours";
import { addSeconds } from "#lib/incidents/incident";
import type { IncidentState, PendingAction, ServiceTimers } from "#lib/incidents/incident";

/** The timers every open incident has from its opening: auto-resolve counts from here, acknowledged or not. */
export function openTimers(state: Pick<IncidentState, "service" | "urgency">, at: Date): PendingAction[] {
  const seconds = state.service.autoResolveTimeout;
  const resolve: PendingAction[] = seconds === null ? [] : [{ type: "resolve", at: addSeconds(at, seconds) }];
  return state.urgency === "low" ? [...resolve, ...urgencyTimer(state.service, at)] : resolve;
}

/** When a low urgency becomes high by itself, by the service's support hours. */
export function urgencyTimer(service: ServiceTimers, at: Date): PendingAction[] {
  const { supportHours, raiseUrgencyAt } = service;
  if (supportHours === null || raiseUrgencyAt === null) return [];
  const next = nextSupportHoursBoundary(supportHours, raiseUrgencyAt, at);
  return next === null ? [] : [{ type: "urgency_change", at: next, to: "high" }];
}
