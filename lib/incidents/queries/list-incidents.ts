import { and, asc, count, desc, eq, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { z } from "zod";
import { incidentFacts } from "#db/schema/incident-facts";
import { incidents, pendingActions } from "#db/schema/incidents";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { decodeCursor, encodeCursor, instantCursor, pageOf } from "#lib/http/paging";
import type { IncidentFilter } from "#lib/incidents/filter";
import { incidentConditions } from "#lib/incidents/queries/filter-conditions";
import { loadIncidentRows } from "#lib/incidents/queries/load-rows";
import type { IncidentListDto } from "#lib/incidents/schemas";

/** `act-now`: unacknowledged high urgency first, then by what happens soonest. `newest` and `oldest`: by creation. */
export const INCIDENT_SORTS = ["act-now", "newest", "oldest"] as const;
export type IncidentSort = (typeof INCIDENT_SORTS)[number];

export type ListInput = { filter: IncidentFilter; sort: IncidentSort; limit: number; cursor?: string | null };

/** One page of the incidents a filter selects. The cursor is good for the same filter and sort alone. */
export async function listIncidents(ctx: Context, input: ListInput): Promise<IncidentListDto> {
  requirePermission(ctx.actor, "read");
  const viewer = { userId: ctx.actor.id, timeZone: ctx.actor.timeZone };
  const where = incidentConditions(input.filter, viewer);
  const [now, total, page] = await Promise.all([
    readNow(ctx.db),
    ctx.db.select({ total: count() }).from(incidentFacts).where(where),
    input.sort === "act-now" ? actNowPage(ctx, where, input) : datedPage(ctx, where, input),
  ]);
  const rows = await loadIncidentRows(ctx.db, page.ids, now);
  return {
    rows: rows.map(({ dto }) => dto),
    total: total[0]?.total ?? 0,
    nextCursor: page.nextCursor,
    now: now.toISOString(),
  };
}

const offsetCursor = z.tuple([z.int().min(0).max(100_000)]);

type Page = { ids: string[]; nextCursor: string | null };

const ACT_NOW = sql`case
  when ${incidents.status} = 'triggered' and ${incidents.urgency} = 'high' then 0
  when ${incidents.status} = 'triggered' then 1
  when ${incidents.status} = 'acknowledged' and ${incidents.snoozedUntil} is null then 2
  when ${incidents.status} = 'acknowledged' then 3
  else 4 end`;

async function actNowPage(ctx: Context, where: SQL | undefined, input: ListInput): Promise<Page> {
  const [offset] = input.cursor ? decodeCursor(input.cursor, offsetCursor) : [0];
  const soonest = ctx.db
    .select({ incidentId: pendingActions.incidentId, at: sql`min(${pendingActions.at})`.as("soonest_at") })
    .from(pendingActions)
    .where(sql`${pendingActions.type} <> 'resolve'`)
    .groupBy(pendingActions.incidentId)
    .as("soonest");
  const rows = await ctx.db
    .select({ id: incidents.id })
    .from(incidentFacts)
    .innerJoin(incidents, eq(incidents.id, incidentFacts.incidentId))
    .leftJoin(soonest, eq(soonest.incidentId, incidents.id))
    .where(where)
    .orderBy(asc(ACT_NOW), sql`${soonest.at} asc nulls last`, desc(incidents.createdAt), desc(incidents.id))
    .limit(input.limit + 1)
    .offset(offset);
  return cut(rows, input.limit, () => [offset + input.limit]);
}

async function datedPage(ctx: Context, where: SQL | undefined, input: ListInput): Promise<Page> {
  const older = input.sort === "newest";
  const f = incidentFacts;
  const after = input.cursor ? keysetOf(input.cursor, older) : undefined;
  const direction = older ? desc : asc;
  const rows = await ctx.db
    .select({ id: f.incidentId, at: f.createdAt })
    .from(f)
    .where(and(where, after))
    .orderBy(direction(f.createdAt), direction(f.incidentId))
    .limit(input.limit + 1);
  return cut(rows, input.limit, (last) => [last.at.getTime(), last.id]);
}

function keysetOf(cursor: string, older: boolean): SQL {
  const [time, id] = decodeCursor(cursor, instantCursor);
  const key = sql`(${incidentFacts.createdAt}, ${incidentFacts.incidentId})`;
  const value = sql`(${new Date(time).toISOString()}::timestamptz, ${id})`;
  return older ? sql`${key} < ${value}` : sql`${key} > ${value}`;
}

function cut<Row extends { id: string }>(
  rows: readonly Row[],
  limit: number,
  key: (last: Row) => (string | number)[],
): Page {
  const page = pageOf(rows, limit);
  const last = page.rows.at(-1);
  return {
    ids: page.rows.map(({ id }) => id),
    nextCursor: page.more && last ? encodeCursor(key(last)) : null,
  };
}
