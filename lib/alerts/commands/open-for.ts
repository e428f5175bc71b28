import type { AlertFacts, EventSource } from "#lib/alerts/commands/load-alert-facts";
import { insertAlerts, startOf } from "#lib/alerts/commands/write-alerts";
import { urgencyFor } from "#lib/alerts/urgency";
import type { UrgencyDecision } from "#lib/alerts/urgency";
import type { NewAlert } from "#lib/alerts/wave";
import { integrationActor } from "#lib/alerts/commands/integration-actor";
import type { TransactionContext } from "#lib/context";
import type { TraceStep } from "#lib/events/trace";
import { openIncidents } from "#lib/incidents/commands/open-incidents";
import type { IncidentDraft } from "#lib/incidents/commands/open-incidents";
import { reopenForAlerts } from "#lib/alerts/commands/reopen-for-alerts";

/** Where a new alert went. */
export type Placed = { key: string; incidentId: string; trace: TraceStep[] };

/** Gives every new alert its incident: the one it reopens, or a new one that pages the service's policy. */
export async function openFor(
  scope: TransactionContext,
  created: readonly NewAlert[],
  facts: AlertFacts,
): Promise<Map<string, Placed>> {
  if (created.length === 0) return new Map();
  const withSource = created.map((alert) => {
    const source = facts.sources.get(alert.integrationId);
    if (!source) throw new Error(`Integration ${alert.integrationId} is unknown.`);
    return { alert, source };
  });
  const reopened = await reopenForAlerts(scope, withSource);
  const fresh = withSource.filter(({ alert }) => !reopened.has(alert.alertId));
  const drafts = fresh.map(({ alert, source }) => draftOf(alert, source, scope.now));
  const placed = new Map<string, Placed>(reopened);
  await openIncidents(
    scope,
    drafts.map(({ draft }) => draft),
    async (opened) => {
      const rows = fresh.flatMap(({ alert, source }, index) => {
        const incident = opened[index];
        if (!incident) return [];
        const because = `Opened incident #${incident.number}; ${drafts[index]?.urgency.because ?? ""}`;
        const trace = [{ step: "incident", outcome: "opened", because }];
        placed.set(alert.alertId, { key: alert.key, incidentId: incident.id, trace });
        return [{ alert, source, incidentId: incident.id }];
      });
      await insertAlerts(scope, rows);
    },
  );
  return placed;
}

function draftOf(
  alert: NewAlert,
  source: EventSource,
  now: Date,
): { draft: IncidentDraft; urgency: UrgencyDecision } {
  const { service, integration } = source;
  const urgency = urgencyFor(service.urgencyRule, service.supportHours, alert.severity, now);
  return {
    urgency,
    draft: {
      title: alert.event.summary,
      body: null,
      serviceId: service.id,
      urgency: urgency.urgency,
      priorityId: null,
      incidentKey: alert.key.slice(alert.integrationId.length + 1),
      detectionSource: "monitoring",
      origin: "event",
      startedAt: startOf(alert, now),
      customerImpact: null,
      policyId: null,
      assignees: [],
      trigger: {
        alertId: alert.alertId,
        integrationId: integration.id,
        severity: alert.severity,
        source: alert.event.source,
        urgency: urgency.urgency,
        because: urgency.because,
      },
      actor: integrationActor(integration),
    },
  };
}
