import { inArray, sql } from "drizzle-orm";
import { insertMany } from "#db/insert-many";
import { alerts } from "#db/schema/events";
import type { EventSource } from "#lib/alerts/commands/load-alert-facts";
import type { Hold } from "#lib/alerts/verdict";
import type { CountedAlert, NewAlert } from "#lib/alerts/wave";
import type { TransactionContext } from "#lib/context";
import type { Kind } from "#lib/noise/commands/mine-templates";
import type { GroupingReason } from "#lib/noise/grouping";

type InsertedAlert = {
  alert: NewAlert;
  incidentId: string | null;
  source: EventSource;
  kind: Kind | null;
  reason?: GroupingReason | null;
};

/** Inserts new alerts with the incident each belongs to; those that are held back have none. */
export async function insertAlerts(
  scope: TransactionContext,
  created: readonly InsertedAlert[],
): Promise<void> {
  await insertMany(
    scope.tx,
    alerts,
    created.map(({ alert, incidentId, source, kind, reason }) => ({
      id: alert.alertId,
      serviceId: source.service.id,
      integrationId: alert.integrationId,
      incidentId,
      dedupKey: alert.key.slice(alert.integrationId.length + 1),
      status: "triggered" as const,
      severity: alert.severity,
      summary: alert.event.summary,
      source: alert.event.source,
      component: alert.event.component,
      group: alert.event.group,
      class: alert.event.class,
      customDetails: alert.event.customDetails,
      links: alert.event.links,
      images: alert.event.images,
      client: alert.event.client,
      clientUrl: alert.event.clientUrl,
      occurrenceCount: alert.occurrenceCount,
      startedAt: startOf(alert, scope.now),
      lastFiredAt: alert.lastFiredAt,
      lastSeenAt: alert.lastSeenAt,
      createdAt: scope.now,
      ...heldColumns(alert.hold),
      terms: alert.hold === null ? null : alert.verdict.terms,
      tags: [...alert.verdict.tags],
      templateId: kind?.templateId ?? null,
      groupingReason: reason ?? null,
    })),
  );
}

function heldColumns(hold: Hold | null) {
  return {
    suppressed: hold?.kind === "suppressed",
    pausedUntil: hold?.kind === "paused" ? hold.until : null,
    pausedBy: hold?.kind === "paused" ? hold.by : null,
    heldBecause: hold?.because ?? null,
  };
}

/** When the problem began, as its source states it; never later than now. */
export function startOf(alert: NewAlert, now: Date): Date {
  const stated = alert.event.timestamp === null ? alert.receivedAt : new Date(alert.event.timestamp);
  return stated > now ? now : stated;
}

/** Counts repeated triggers; severity and details follow the newest. */
export async function countAlerts(scope: TransactionContext, counted: Iterable<CountedAlert>): Promise<void> {
  const rows = [...counted].map(({ alertId, occurrenceCount, lastSeenAt, newest }) => ({
    id: alertId,
    occurrence_count: occurrenceCount,
    last_seen_at: lastSeenAt.toISOString(),
    severity: newest?.severity ?? null,
    fired_at: newest?.timestamp ?? null,
    details: newest?.customDetails ?? null,
  }));
  if (rows.length === 0) return;
  await scope.tx.execute(sql`
    update alerts set
      occurrence_count = fresh.occurrence_count,
      last_seen_at = greatest(alerts.last_seen_at, fresh.last_seen_at),
      severity = coalesce(fresh.severity, alerts.severity),
      last_fired_at = coalesce(fresh.fired_at, alerts.last_fired_at),
      custom_details = coalesce(fresh.details, alerts.custom_details)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as fresh (
      id text, occurrence_count integer, last_seen_at timestamptz, severity text, fired_at timestamptz, details jsonb
    )
    where alerts.id = fresh.id`);
}

/** Ends alerts: their source said so, or a person did. */
export async function endAlerts(
  scope: TransactionContext,
  alertIds: readonly string[],
  bySource: boolean,
): Promise<void> {
  if (alertIds.length === 0) return;
  await scope.tx
    .update(alerts)
    .set({ status: "resolved", resolvedAt: scope.now, selfResolved: bySource })
    .where(inArray(alerts.id, [...alertIds]));
}
