import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { integrations, services } from "#db/schema/services";
import type { DetectionSource } from "#lib/incidents/vocabulary";
import type { OpenAlertFacts, ReopenFacts } from "#lib/alerts/deduplicate";
import type { Hold } from "#lib/alerts/verdict";
import type { Transaction } from "#lib/context";

/** What the decisions about a batch of events look at. Keys are `alertKey(integrationId, dedupKey)`. */
export type AlertFacts = Sources &
  AlertStates & {
    /** Services whose scopes this transaction has locked already. */
    scoped: ReadonlySet<string>;
  };

export type Sources = {
  sources: ReadonlyMap<string, EventSource>;
  /** Services that rules route to, where they exist. */
  routed: ReadonlyMap<string, EventSource["service"]>;
};

/** What somebody else may change until the incidents are locked. */
export type AlertStates = {
  open: Map<string, OpenAlertFacts>;
  reopen: ReadonlyMap<string, ReopenFacts>;
  /** Open alerts of each incident that the batch may touch. */
  openCounts: Map<string, number>;
};

export type EventSource = {
  integration: { id: string; name: string; detectionSource: DetectionSource; deletedAt: Date | null };
  service: typeof services.$inferSelect;
};

/** What an event to be judged is looked up by. `serviceId`: where rules route it. */
type Wanted = { integrationId: string; dedupKey: string; serviceId: string | null };

/** Where an event belongs: its integration, and the service it was routed to or the integration's own. Null: there is none. */
export function sourceOf(
  facts: Sources,
  event: { integrationId: string; verdict: { serviceId: string | null } },
): EventSource | null {
  const source = facts.sources.get(event.integrationId) ?? null;
  const service = facts.routed.get(event.verdict.serviceId ?? "");
  return source && service ? { ...source, service } : source;
}

/** Why a source opens no alerts and incidents now; null: it does. */
export function closedBecause(source: EventSource | null): string | null {
  if (!source || source.integration.deletedAt) return "The integration was deleted";
  if (source.service.deletedAt) return "The service was deleted";
  return source.service.disabledAt ? "The service is disabled, so it opens no alerts" : null;
}

export function alertKey(integrationId: string, dedupKey: string): string {
  return `${integrationId} ${dedupKey}`;
}

/** Where the events of a batch belong. */
export async function loadSources(tx: Transaction, events: readonly Wanted[]): Promise<Sources> {
  const [sources, routed] = await Promise.all([
    loadIntegrations(tx, [...new Set(events.map(({ integrationId }) => integrationId))]),
    loadRouted(tx, [...new Set(events.flatMap(({ serviceId }) => serviceId ?? []))]),
  ]);
  return { sources, routed };
}

/** Reads the alerts that the events of a batch may touch, in a fixed number of queries. */
export async function loadAlertStates(
  tx: Transaction,
  events: readonly Wanted[],
  { sources, routed }: Sources,
): Promise<AlertStates> {
  const pairs = [
    ...new Map(events.map((event) => [alertKey(event.integrationId, event.dedupKey), event])).values(),
  ];
  const wanted = sql`(${alerts.integrationId}, ${alerts.dedupKey}) in (
    select * from unnest(
      ${sql.param(pairs.map(({ integrationId }) => integrationId))}::text[],
      ${sql.param(pairs.map(({ dedupKey }) => dedupKey))}::text[]
    ))`;
  const services = [...routed.values(), ...[...sources.values()].map(({ service }) => service)];
  const reopens = services.some(({ reopenWithin }) => reopenWithin !== null);
  const [open, reopen] = await Promise.all([
    tx
      .select({
        alertId: alerts.id,
        integrationId: alerts.integrationId,
        dedupKey: alerts.dedupKey,
        incidentId: alerts.incidentId,
        severity: alerts.severity,
        occurrenceCount: alerts.occurrenceCount,
        lastFiredAt: alerts.lastFiredAt,
        lastSeenAt: alerts.lastSeenAt,
        suppressed: alerts.suppressed,
        pausedUntil: alerts.pausedUntil,
        pausedBy: alerts.pausedBy,
        heldBecause: alerts.heldBecause,
      })
      .from(alerts)
      .where(and(wanted, eq(alerts.status, "triggered"))),
    reopens ? loadReopen(tx, wanted) : new Map<string, ReopenFacts>(),
  ]);
  const incidentIds = [...new Set(open.flatMap(({ incidentId }) => incidentId ?? []))];
  const counts =
    incidentIds.length === 0
      ? []
      : await tx
          .select({ incidentId: alerts.incidentId, open: sql<number>`count(*)::int` })
          .from(alerts)
          .where(
            and(
              sql`${alerts.incidentId} = any(${sql.param(incidentIds)}::text[])`,
              eq(alerts.status, "triggered"),
            ),
          )
          .groupBy(alerts.incidentId);
  return {
    open: new Map(
      open.map(({ integrationId, dedupKey, suppressed, pausedUntil, pausedBy, heldBecause, ...alert }) => [
        alertKey(integrationId ?? "", dedupKey),
        {
          ...alert,
          hold: storedHold({ incidentId: alert.incidentId, suppressed, pausedUntil, pausedBy, heldBecause }),
        },
      ]),
    ),
    reopen,
    openCounts: new Map(
      counts.flatMap((row) => (row.incidentId ? [[row.incidentId, row.open] as const] : [])),
    ),
  };
}

type HeldColumns = "incidentId" | "suppressed" | "pausedUntil" | "pausedBy" | "heldBecause";

function storedHold(alert: Pick<typeof alerts.$inferSelect, HeldColumns>): Hold | null {
  if (alert.incidentId !== null) return null;
  const because = alert.heldBecause ?? "";
  if (alert.suppressed) return { kind: "suppressed", because };
  const { pausedUntil: until, pausedBy: by } = alert;
  return until !== null && by !== null ? { kind: "paused", by, until, because } : null;
}

async function loadRouted(tx: Transaction, serviceIds: string[]) {
  if (serviceIds.length === 0) return new Map<string, EventSource["service"]>();
  const rows = await tx
    .select()
    .from(services)
    .where(and(inArray(services.id, serviceIds), isNull(services.deletedAt)));
  return new Map(rows.map((service) => [service.id, service]));
}

async function loadIntegrations(
  tx: Transaction,
  integrationIds: string[],
): Promise<Map<string, EventSource>> {
  const rows = await tx
    .select({ integration: integrations, service: services })
    .from(integrations)
    .innerJoin(services, eq(services.id, integrations.serviceId))
    .where(sql`${integrations.id} = any(${sql.param(integrationIds)}::text[])`);
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
