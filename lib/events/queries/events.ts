import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { z } from "zod";
import { alerts, inbox } from "#db/schema/events";
import { incidents } from "#db/schema/incidents";
import { integrations } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import type { TraceStep } from "#lib/events/trace";
import { decodeCursor, encodeCursor, pageOf } from "#lib/http/paging";

export type EventDto = {
  id: string;
  receivedAt: string;
  /** The event format that it came in. */
  source: string;
  action: string;
  dedupKey: string;
  integration: { id: string; name: string } | null;
  /** The normalised event. */
  event: unknown;
  /** The part of the source's message that it was read from; null where none was kept. */
  raw: unknown;
  /** How often it was said: more than once where its key was beyond its limit. */
  occurrences: number;
  /** Null until it was processed. */
  processedAt: string | null;
  outcome: string | null;
  /** What was decided about it and why. */
  trace: TraceStep[];
  alertId: string | null;
  incident: { id: string; number: number; title: string } | null;
};

export type EventPage = { events: EventDto[]; nextCursor: string | null };

/** Whose events: exactly one. */
export type EventScope =
  | { integrationId: string }
  | { serviceId: string }
  | { alertId: string }
  | { incidentId: string };

const LIMIT = 20;
const MOST = 100;
const cursorKey = z.tuple([z.number().int().min(0)]);

/** Events with their decision traces, newest first, from the cursor on. `nextCursor` is null at the end. */
export async function listEvents(
  ctx: Context,
  input: EventScope & { limit?: number; cursor?: string | null },
): Promise<EventPage> {
  requirePermission(ctx.actor, "read");
  const limit = Math.min(input.limit ?? LIMIT, MOST);
  const after = input.cursor ? lt(inbox.id, decodeCursor(input.cursor, cursorKey)[0]) : undefined;
  const found = await selectEvents(ctx, and(within(ctx, input), after), limit + 1);
  const { rows, more } = pageOf(found, limit);
  const last = rows.at(-1);
  return { events: rows, nextCursor: more && last ? encodeCursor([Number(last.id)]) : null };
}

/** One event with its decision trace. Throws `not_found`; events are kept for a time only. */
export async function getEvent(ctx: Context, eventId: string): Promise<EventDto> {
  requirePermission(ctx.actor, "read");
  const id = Number(eventId);
  const [event] = Number.isSafeInteger(id) ? await selectEvents(ctx, eq(inbox.id, id), 1) : [];
  if (!event) throw new AppError("not_found", "There is no such event, or it is not kept any more.");
  return event;
}

/** Merging moves alerts between incidents, so an incident's events are those of the alerts that it has now. */
function within({ db }: Context, scope: EventScope): SQL {
  if ("integrationId" in scope) return eq(inbox.integrationId, scope.integrationId);
  if ("alertId" in scope) return eq(inbox.alertId, scope.alertId);
  return "serviceId" in scope
    ? inArray(
        inbox.integrationId,
        db
          .select({ id: integrations.id })
          .from(integrations)
          .where(eq(integrations.serviceId, scope.serviceId)),
      )
    : inArray(
        inbox.alertId,
        db.select({ id: alerts.id }).from(alerts).where(eq(alerts.incidentId, scope.incidentId)),
      );
}

async function selectEvents(ctx: Context, which: SQL | undefined, limit: number): Promise<EventDto[]> {
  const rows = await ctx.db
    .select({
      event: inbox,
      json: sql<unknown>`${inbox.event}`,
      raw: sql<unknown>`${inbox.raw}`,
      integration: { id: integrations.id, name: integrations.name },
      incident: { id: incidents.id, number: incidents.number, title: incidents.title },
    })
    .from(inbox)
    .leftJoin(integrations, eq(integrations.id, inbox.integrationId))
    .leftJoin(incidents, eq(incidents.id, inbox.incidentId))
    .where(which)
    .orderBy(desc(inbox.id))
    .limit(limit);
  return rows.map(({ event, json, raw, integration, incident }) => ({
    id: String(event.id),
    receivedAt: event.receivedAt.toISOString(),
    source: event.source,
    action: event.action,
    dedupKey: event.dedupKey,
    integration,
    event: json,
    raw,
    occurrences: event.occurrences,
    processedAt: event.processedAt?.toISOString() ?? null,
    outcome: event.outcome,
    trace: event.trace ?? [],
    alertId: event.alertId,
    incident,
  }));
}
