import { asc, eq, inArray } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { logEntries } from "#db/schema/incidents";
import { deliveries, deliveryStates, pages } from "#db/schema/notifications";
import { users } from "#db/schema/people";
import { integrations } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { AlertDto, LogEntryDto, PageDto } from "#lib/incidents/schemas";
import { maskAddress } from "#lib/notifications/address";

/** Everything that happened on an incident, oldest first. */
export async function listLogEntries(ctx: Context, incidentId: string): Promise<LogEntryDto[]> {
  requirePermission(ctx.actor, "read");
  const rows = await ctx.db
    .select({ entry: logEntries, user: { id: users.id, name: users.name } })
    .from(logEntries)
    .leftJoin(users, eq(users.id, logEntries.userId))
    .where(eq(logEntries.incidentId, incidentId))
    .orderBy(asc(logEntries.at), asc(logEntries.id));
  return rows.map(({ entry, user }) => ({
    id: entry.id,
    type: entry.type,
    class: entry.class,
    at: entry.at.toISOString(),
    actor: { type: entry.actorType, id: entry.actorId, name: entry.actorName },
    channel: entry.channel,
    user,
    note: entry.note,
    data: entry.data,
  }));
}

/** The incident's alerts, those that still fire first. */
export async function listAlerts(ctx: Context, incidentId: string): Promise<AlertDto[]> {
  requirePermission(ctx.actor, "read");
  const rows = await ctx.db
    .select({ alert: alerts, integration: { id: integrations.id, name: integrations.name } })
    .from(alerts)
    .leftJoin(integrations, eq(integrations.id, alerts.integrationId))
    .where(eq(alerts.incidentId, incidentId))
    .orderBy(asc(alerts.resolvedAt), asc(alerts.createdAt), asc(alerts.id))
    .limit(1000);
  return rows.map(({ alert, integration }) => ({
    id: alert.id,
    summary: alert.summary,
    severity: alert.severity,
    status: alert.status,
    dedupKey: alert.dedupKey,
    source: alert.source,
    component: alert.component,
    group: alert.group,
    class: alert.class,
    customDetails: alert.customDetails,
    links: alert.links,
    images: alert.images,
    client: alert.client,
    clientUrl: alert.clientUrl,
    integration,
    groupingReason: alert.groupingReason,
    occurrenceCount: alert.occurrenceCount,
    startedAt: alert.startedAt.toISOString(),
    createdAt: alert.createdAt.toISOString(),
    lastSeenAt: alert.lastSeenAt.toISOString(),
    resolvedAt: alert.resolvedAt?.toISOString() ?? null,
  }));
}

/** Every page of an incident with its sends and their states, oldest first. Addresses are masked. */
export async function listPages(ctx: Context, incidentId: string): Promise<PageDto[]> {
  requirePermission(ctx.actor, "read");
  const [pageRows, deliveryRows] = await Promise.all([
    ctx.db
      .select({ page: pages, user: { id: users.id, name: users.name } })
      .from(pages)
      .innerJoin(users, eq(users.id, pages.userId))
      .where(eq(pages.incidentId, incidentId))
      .orderBy(asc(pages.createdAt), asc(pages.id)),
    ctx.db
      .select()
      .from(deliveries)
      .where(eq(deliveries.incidentId, incidentId))
      .orderBy(asc(deliveries.dueAt), asc(deliveries.id)),
  ]);
  const states = await ctx.db
    .select()
    .from(deliveryStates)
    .where(
      inArray(
        deliveryStates.deliveryId,
        deliveryRows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(deliveryStates.id));
  const statesOf = Map.groupBy(states, ({ deliveryId }) => deliveryId);
  const deliveriesOf = Map.groupBy(deliveryRows, ({ pageId }) => pageId);
  return pageRows.map(({ page, user }) => ({
    id: page.id,
    user,
    reason: page.reason,
    urgency: page.urgency,
    level: page.level,
    state: page.state,
    trace: page.trace,
    createdAt: page.createdAt.toISOString(),
    deliveries: (deliveriesOf.get(page.id) ?? []).map((delivery) => ({
      id: delivery.id,
      channel: delivery.channel,
      address: maskAddress(delivery.channel, delivery.address),
      state: delivery.state,
      dueAt: delivery.dueAt.toISOString(),
      sentAt: delivery.sentAt?.toISOString() ?? null,
      attempts: delivery.attempts,
      lastError: delivery.lastError,
      states: (statesOf.get(delivery.id) ?? []).map(({ state, at, detail }) => ({
        state,
        at: at.toISOString(),
        detail,
      })),
    })),
  }));
}
