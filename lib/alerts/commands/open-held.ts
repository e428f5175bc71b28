import { asc, eq, inArray, sql } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { alertTemplates } from "#db/schema/noise";
import { integrations, services } from "#db/schema/services";
import { closedBecause } from "#lib/alerts/commands/load-alert-facts";
import type { EventSource } from "#lib/alerts/commands/load-alert-facts";
import { placeAlerts } from "#lib/alerts/commands/place-alerts";
import type { Attach } from "#lib/alerts/commands/place-alerts";
import type { Hold, IncidentTerms } from "#lib/alerts/verdict";
import { NO_TERMS } from "#lib/alerts/verdict";
import type { TransactionContext } from "#lib/context";
import type { TraceStep } from "#lib/events/trace";
import { lockScopes } from "#lib/noise/commands/lock-scopes";
import type { Kind } from "#lib/noise/commands/mine-templates";
import { maskedTokens } from "#lib/noise/mask";
import { templateText } from "#lib/noise/templates";

type Opened = { incidentId: string | null; hold: Hold | null; trace: TraceStep[] };

/**
 * Opens the incidents of alerts that were held back until now; the caller holds their scopes and rows. `terms` replaces those the alert was
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
  await lockScopes(
    scope.tx,
    open.map(({ alert }) => alert.serviceId),
  );
  const placed = await placeAlerts(
    scope,
    open.map(({ alert, source, template }) => ({
      drafted: {
        alertId: alert.id,
        dedupKey: alert.dedupKey,
        summary: alert.summary,
        monitor: alert.source,
        severity: alert.severity,
        startedAt: alert.startedAt,
        terms: termsOf.get(alert.id) ?? alert.terms ?? NO_TERMS,
      },
      source,
      comparable: alert,
      kind: kindOf(alert, template),
    })),
    (rows) => attach(scope, rows),
  );
  for (const [alertId, on] of placed) done.set(alertId, { hold: null, ...on });
  return done;
}

function kindOf(alert: typeof alerts.$inferSelect, template: string[] | null): Kind | null {
  if (alert.templateId === null || template === null) return null;
  return {
    templateId: alert.templateId,
    template: templateText(template),
    tokens: maskedTokens(alert.summary),
  };
}

type Held = { alert: typeof alerts.$inferSelect; source: EventSource; template: string[] | null };

async function loadHeld(scope: TransactionContext, alertIds: string[]): Promise<Held[]> {
  const rows = await scope.tx
    .select({ alert: alerts, integration: integrations, service: services, template: alertTemplates.tokens })
    .from(alerts)
    .innerJoin(services, eq(services.id, alerts.serviceId))
    .innerJoin(integrations, eq(integrations.id, alerts.integrationId))
    .leftJoin(alertTemplates, eq(alertTemplates.id, alerts.templateId))
    .where(
      sql`${inArray(alerts.id, alertIds)} and ${alerts.status} = 'triggered' and ${alerts.incidentId} is null`,
    )
    .orderBy(asc(alerts.id));
  return rows.map(({ alert, integration, service, template }) => ({
    alert,
    source: { integration, service },
    template,
  }));
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

async function attach(scope: TransactionContext, placed: Parameters<Attach>[0]): Promise<void> {
  const rows = placed.map(({ alertId, incidentId, reason }) => ({
    id: alertId,
    incident_id: incidentId,
    reason,
  }));
  await scope.tx.execute(sql`
    update alerts set incident_id = placed.incident_id, suppressed = false, grouping_reason = placed.reason
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as placed (id text, incident_id text, reason jsonb)
    where alerts.id = placed.id`);
}
