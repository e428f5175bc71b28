import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { integrations, services } from "#db/schema/services";
import type { OpenAlertFacts, ReopenFacts } from "#lib/alerts/deduplicate";
import type { Transaction } from "#lib/context";

/** What the decisions about a batch of events look at. Keys are `alertKey(integrationId, dedupKey)`. */
export type AlertFacts = {
  sources: ReadonlyMap<string, EventSource>;
  open: Map<string, OpenAlertFacts>;
  reopen: ReadonlyMap<string, ReopenFacts>;
  /** Open alerts of each incident that the batch may touch. */
  openCounts: Map<string, number>;
};

export type EventSource = {
  integration: { id: string; name: string; deletedAt: Date | null };
  service: typeof services.$inferSelect;
};

export function alertKey(integrationId: string, dedupKey: string): string {
  return `${integrationId} ${dedupKey}`;
}

/** Reads everything the events of one lane may touch, in a fixed number of queries. */
export async function loadAlertFacts(
  tx: Transaction,
  events: readonly { integrationId: string; dedupKey: string }[],
): Promise<AlertFacts> {
  const pairs = [
    ...new Map(events.map((event) => [alertKey(event.integrationId, event.dedupKey), event])).values(),
  ];
  const integrationIds = [...new Set(events.map(({ integrationId }) => integrationId))];
  const wanted = sql`(${alerts.integrationId}, ${alerts.dedupKey}) in (
    select * from unnest(
      ${sql.param(pairs.map(({ integrationId }) => integrationId))}::text[],
      ${sql.param(pairs.map(({ dedupKey }) => dedupKey))}::text[]
    ))`;
  const [sources, open] = await Promise.all([
    loadSources(tx, integrationIds),
    tx
      .select()
      .from(alerts)
      .where(and(wanted, eq(alerts.status, "triggered"))),
  ]);
  const incidentIds = [...new Set(open.flatMap(({ incidentId }) => incidentId ?? []))];
  const reopens = [...sources.values()].some(({ service }) => service.reopenWithin !== null);
  const [counts, reopen] = await Promise.all([
    tx
      .select({ incidentId: alerts.incidentId, open: sql<number>`count(*)::int` })
      .from(alerts)
      .where(and(inArray(alerts.incidentId, incidentIds), eq(alerts.status, "triggered")))
      .groupBy(alerts.incidentId),
    reopens ? loadReopen(tx, wanted) : new Map<string, ReopenFacts>(),
  ]);
  return {
    sources,
    open: new Map(
      open.map((alert) => [
        alertKey(alert.integrationId ?? "", alert.dedupKey),
        {
          alertId: alert.id,
          incidentId: alert.incidentId,
          severity: alert.severity,
          occurrenceCount: alert.occurrenceCount,
          lastFiredAt: alert.lastFiredAt,
          lastSeenAt: alert.lastSeenAt,
        },
      ]),
    ),
    reopen,
    openCounts: new Map(
      counts.flatMap((row) => (row.incidentId ? [[row.incidentId, row.open] as const] : [])),
    ),
  };
}

async function loadSources(tx: Transaction, integrationIds: string[]): Promise<Map<string, EventSource>> {
  const rows = await tx
    .select({ integration: integrations, service: services })
    .from(integrations)
    .innerJoin(services, eq(services.id, integrations.serviceId))
    .where(inArray(integrations.id, integrationIds));
  return new Map(rows.map((row) => [row.integration.id, row]));
}

/** The alert of each key that was resolved last, where its service reopens. */
async function loadReopen(
  tx: Transaction,
  wanted: ReturnType<typeof sql>,
): Promise<Map<string, ReopenFacts>> {
  const rows = await tx
    .selectDistinctOn([alerts.integrationId, alerts.dedupKey], {
      integrationId: alerts.integrationId,
      dedupKey: alerts.dedupKey,
      alertId: alerts.id,
      incidentId: alerts.incidentId,
      resolvedAt: alerts.resolvedAt,
      reopenWithinSeconds: services.reopenWithin,
    })
    .from(alerts)
    .innerJoin(services, eq(services.id, alerts.serviceId))
    .where(sql`${wanted} and ${alerts.status} = 'resolved' and ${services.reopenWithin} is not null`)
    .orderBy(asc(alerts.integrationId), asc(alerts.dedupKey), sql`${alerts.resolvedAt} desc`);
  return new Map(
    rows.flatMap(({ integrationId, dedupKey, alertId, incidentId, resolvedAt, reopenWithinSeconds }) =>
      integrationId && incidentId && resolvedAt && reopenWithinSeconds !== null
        ? [
            [
              alertKey(integrationId, dedupKey),
              { alertId, incidentId, resolvedAt, reopenWithinSeconds },
            ] as const,
          ]
        : [],
    ),
  );
}
