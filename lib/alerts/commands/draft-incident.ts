import { integrationActor } from "#lib/alerts/commands/integration-actor";
import type { EventSource } from "#lib/alerts/commands/load-alert-facts";
import { urgencyFor } from "#lib/alerts/urgency";
import type { UrgencyDecision } from "#lib/alerts/urgency";
import type { IncidentTerms } from "#lib/alerts/verdict";
import type { Severity } from "#lib/alerts/vocabulary";
import type { IncidentDraft } from "#lib/incidents/commands/open-incidents";

/** What the incident of an alert is made from. `monitor`: the source that its event names. */
export type DraftedAlert = {
  alertId: string;
  dedupKey: string;
  summary: string;
  monitor: string;
  severity: Severity;
  startedAt: Date;
  terms: IncidentTerms;
};

/** The incident an alert opens, and the reason of its urgency: the terms that rules set, or the service's own rule. */
export function draftIncident(
  alert: DraftedAlert,
  { service, integration }: EventSource,
  now: Date,
): { draft: IncidentDraft; urgency: UrgencyDecision } {
  const { terms, severity } = alert;
  const urgency: UrgencyDecision =
    terms.urgency === null
      ? urgencyFor(service.urgencyRule, service.supportHours, severity, now)
      : { urgency: terms.urgency, because: `a rule makes it ${terms.urgency}` };
  return {
    urgency,
    draft: {
      title: alert.summary,
      body: null,
      serviceId: service.id,
      urgency: urgency.urgency,
      priorityId: terms.priorityId,
      incidentKey: alert.dedupKey,
      detectionSource: integration.detectionSource,
      origin: "event",
      startedAt: alert.startedAt,
      customerImpact: null,
      policyId: terms.policyId,
      assignees: [],
      notes: terms.notes,
      trigger: {
        alertId: alert.alertId,
        integrationId: integration.id,
        severity,
        source: alert.monitor,
        urgency: urgency.urgency,
        because: urgency.because,
      },
      actor: integrationActor(integration),
    },
  };
}
