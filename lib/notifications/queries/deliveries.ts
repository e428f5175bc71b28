import { and, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "#db/connect";
import { incidents } from "#db/schema/incidents";
import { deliveries, deliveryStates, pages } from "#db/schema/notifications";
import { users } from "#db/schema/people";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { decodeCursor, encodeCursor, instantCursor, pageOf } from "#lib/http/paging";
import { maskAddress } from "#lib/notifications/address";
import { isSelf } from "#lib/people/permissions";
import { notificationLogFilterSchema } from "#lib/notifications/schemas";
import type { DeliveryDto, NotificationLogFilter } from "#lib/notifications/schemas";
import { parseInput } from "#lib/parse-input";

const MOST_OF_INCIDENT = 1000;

/** What was sent for an incident, to whom, and how it went; oldest first. */
export async function listIncidentDeliveries(
  ctx: Context,
  input: { incidentId: string },
): Promise<DeliveryDto[]> {
  requirePermission(ctx.actor, "read");
  const found = await readDeliveries(ctx.db, [eq(deliveries.incidentId, input.incidentId)], MOST_OF_INCIDENT);
  return found.toReversed();
}

/** One test page and its send, for the dialog that follows it. Only for whom it is about, and who manages people. */
export async function deliveryProgress(ctx: Context, input: { pageId: string }): Promise<DeliveryDto[]> {
  requirePermission(ctx.actor, "read");
  const found = await readDeliveries(ctx.db, [eq(deliveries.pageId, input.pageId)], MOST_OF_INCIDENT);
  const [first] = found;
  if (!first) throw new AppError("not_found", "There is no such page.");
  if (!isSelf(ctx.actor, first.user.id)) requirePermission(ctx.actor, "people.manage");
  return found.toReversed();
}

export type NotificationLogPage = { deliveries: DeliveryDto[]; nextCursor: string | null };

/** The notification log, newest first: "why was I (not) paged?" by person, incident, channel, state and time. */
export async function searchNotificationLog(
  ctx: Context,
  input: NotificationLogFilter,
): Promise<NotificationLogPage> {
  requirePermission(ctx.actor, "read");
  const filter = parseInput(notificationLogFilterSchema, input);
  const wanted: (SQL | undefined)[] = [
    filter.userId === undefined ? undefined : eq(deliveries.userId, filter.userId),
    filter.incidentId === undefined ? undefined : eq(deliveries.incidentId, filter.incidentId),
    filter.channel === undefined ? undefined : eq(deliveries.channel, filter.channel),
    filter.state === undefined ? undefined : eq(deliveries.state, filter.state),
    filter.since === undefined ? undefined : gte(deliveries.createdAt, new Date(filter.since)),
    filter.until === undefined ? undefined : lt(deliveries.createdAt, new Date(filter.until)),
    filter.cursor === undefined ? undefined : before(filter.cursor),
  ];
  const found = await readDeliveries(ctx.db, wanted, filter.limit + 1);
  const { rows, more } = pageOf(found, filter.limit);
  const last = rows.at(-1);
  return {
    deliveries: rows,
    nextCursor: more && last ? encodeCursor([Date.parse(last.createdAt), last.id]) : null,
  };
}

function before(cursor: string): SQL {
  const [createdAt, id] = decodeCursor(cursor, instantCursor);
  return sql`(${deliveries.createdAt}, ${deliveries.id}) < (${new Date(createdAt).toISOString()}::timestamptz, ${id})`;
}

/** Newest first: two statements, however many rows. */
async function readDeliveries(
  db: Database,
  wanted: (SQL | undefined)[],
  limit: number,
): Promise<DeliveryDto[]> {
  const rows = await db
    .select({
      delivery: deliveries,
      page: { reason: pages.reason, urgency: pages.urgency, level: pages.level },
      user: { id: users.id, name: users.name },
      incident: { id: incidents.id, number: incidents.number, title: incidents.title },
    })
    .from(deliveries)
    .innerJoin(pages, eq(pages.id, deliveries.pageId))
    .innerJoin(users, eq(users.id, deliveries.userId))
    .leftJoin(incidents, eq(incidents.id, deliveries.incidentId))
    .where(and(...wanted))
    .orderBy(desc(deliveries.createdAt), desc(deliveries.id))
    .limit(limit);
  const steps = await readSteps(
    db,
    rows.map((row) => row.delivery.id),
  );
  return rows.map((row) => toDto(row, steps.get(row.delivery.id) ?? []));
}

async function readSteps(db: Database, ids: string[]): Promise<Map<string, DeliveryDto["steps"]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(deliveryStates)
    .where(inArray(deliveryStates.deliveryId, ids))
    .orderBy(deliveryStates.id);
  const grouped = Map.groupBy(rows, (row) => row.deliveryId);
  return new Map(
    [...grouped].map(([id, list]) => [
      id,
      list.map(({ state, at, detail }) => ({ state, at: at.toISOString(), detail })),
    ]),
  );
}

type Row = {
  delivery: typeof deliveries.$inferSelect;
  page: Pick<typeof pages.$inferSelect, "reason" | "urgency" | "level">;
  user: { id: string; name: string };
  incident: { id: string; number: number; title: string } | null;
};

function toDto({ delivery, page, user, incident }: Row, steps: DeliveryDto["steps"]): DeliveryDto {
  const { id, pageId, channel, contactMethodId, delayMinutes, state, attempts, lastError } = delivery;
  return {
    id,
    pageId,
    incident,
    user,
    channel,
    address: maskAddress(channel, delivery.address),
    contactMethodId,
    ...page,
    delayMinutes,
    state,
    attempts,
    lastError,
    createdAt: delivery.createdAt.toISOString(),
    dueAt: delivery.dueAt.toISOString(),
    sentAt: delivery.sentAt?.toISOString() ?? null,
    endedAt: delivery.endedAt?.toISOString() ?? null,
    steps,
  };
}
