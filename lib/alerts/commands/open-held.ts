import { asc, eq, inArray, sql } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { integrations, services } from "#db/schema/services";
import { draftIncident } from "#lib/alerts/commands/draft-incident";
import { closedBecause } from "#lib/alerts/commands/load-alert-facts";
import type { EventSource } from "#lib/alerts/commands/load-alert-facts";
import type { Hold, IncidentTerms } from "#lib/alerts/verdict";
import { NO_TERMS } from "#lib/alerts/verdict";
import type { TransactionContext } from "#lib/context";
import type { TraceStep } from "#lib/events/trace";
import { openIncidents } from "#lib/incidents/commands/open-incidents";

type Opened = { incidentId: string | null; hold: Hold | null; trace: TraceStep[] };

/**
 * Opens the incidents of alerts that were held back until now; the caller holds their rows. `terms` replaces those the alert was
 * stored with. Where the service takes nothing any more the alert stays without an incident and says why.
 */
export async function openHeld(
  scope: TransactionContext,
  wanted: readonly { alertId: string; terms?: IncidentTerms }[],
): Promise<Map<string, Opened>> {
  const done = new Map<string, Opened>();
  if (wanted.length === 0) return done;
  const termsOf = new Map(wanted.map(({ alertId, terms }) => [alertId, terms]));
  const rows = await loadHeld(scope, [...termsOf.keys()]);
  const open = rows.filter(({ source }) => closedBecause(source) === null);
  await refuse(scope, rows, done);
  const drafts = open.map(({ alert, source }) =>
    draftIncident(
      {
        alertId: alert.id,
        dedupKey: alert.dedupKey,
        summary: alert.summary,
        monitor: alert.source,
        severity: alert.severity,
        startedAt: alert.startedAt,
        terms: termsOf.get(alert.id) ?? alert.terms ?? NO_TERMS,
      },
      source,
      scope.now,
    ),
  );
  await openIncidents(
    scope,
    drafts.map(({ draft }) => draft),
    async (opened) => {
      const pairs = opened.map((incident, index) => ({ incident, alertId: open[index]?.alert.id ?? "" }));
      await attach(scope, pairs);
      for (const [index, { incident, alertId }] of pairs.entries()) {
        const because = `Opened incident #${incident.number}; ${drafts[index]?.urgency.because ?? ""}`;
        const trace = [{ step: "incident", outcome: "opened", because }];
        done.set(alertId, { incidentId: incident.id, hold: null, trace });
      }
    },
  );
  return done;
}

type Held = { alert: typeof alerts.$inferSelect; source: EventSource };

async function loadHeld(scope: TransactionContext, alertIds: string[]): Promise<Held[]> {
  const rows = await scope.tx
    .select({ alert: alerts, integration: integrations, service: services })
    .from(alerts)
    .innerJoin(services, eq(services.id, alerts.serviceId))
    .innerJoin(integrations, eq(integrations.id, alerts.integrationId))
    .where(
      sql`${inArray(alerts.id, alertIds)} and ${alerts.status} = 'triggered' and ${alerts.incidentId} is null`,
    )
    .orderBy(asc(alerts.id));
  return rows.map(({ alert, integration, service }) => ({ alert, source: { integration, service } }));
}

async function refuse(
  scope: TransactionContext,
  rows: readonly Held[],
  done: Map<string, Opened>,
): Promise<void> {
  const reasons = rows.flatMap(({ alert, source }) => {
    const because = closedBecause(source);
    return because === null ? [] : [{ id: alert.id, because }];
  });
  if (reasons.length === 0) return;
  for (const { id, because } of reasons) {
    const trace = [{ step: "service", outcome: "dropped", because }];
    done.set(id, { incidentId: null, hold: { kind: "suppressed", because }, trace });
  }
  await scope.tx.execute(sql`
    update alerts set suppressed = true, held_because = refused.because
    from jsonb_to_recordset(${JSON.stringify(reasons)}::jsonb) as refused (id text, because text)
    where alerts.id = refused.id`);
}

async function attach(
  scope: TransactionContext,
  pairs: readonly { alertId: string; incident: { id: string } }[],
): Promise<void> {
  const rows = pairs.map(({ alertId, incident }) => ({ id: alertId, incident_id: incident.id }));
  await scope.tx.execute(sql`
    update alerts set incident_id = placed.incident_id, suppressed = false
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as placed (id text, incident_id text)
    where alerts.id = placed.id`);
}
