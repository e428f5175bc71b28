import { and, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { auditRecords } from "#db/schema/organisation";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { decodeCursor, encodeCursor, instantCursor, pageOf } from "#lib/http/paging";
import { auditFilterSchema } from "#lib/organisation/schemas";
import type { AuditFacets, AuditFilter, AuditRecordDto } from "#lib/organisation/schemas";

const a = auditRecords;

/** The audit log, newest first, from the cursor on. `nextCursor` is null at the end. */
export async function listAuditRecords(
  ctx: Context,
  filter: AuditFilter = {},
): Promise<{ records: AuditRecordDto[]; nextCursor: string | null }> {
  requirePermission(ctx.actor, "audit.read");
  const { limit, cursor, ...wanted } = auditFilterSchema.parse(filter);
  const after = cursor === null ? undefined : beyond(cursor);
  const found = await ctx.db
    .select()
    .from(a)
    .where(and(...conditions(wanted), after))
    .orderBy(desc(a.at), desc(a.id))
    .limit(limit + 1);
  const { rows, more } = pageOf(found, limit);
  const last = rows.at(-1);
  return {
    records: rows.map(toDto),
    nextCursor: more && last ? encodeCursor([last.at.getTime(), last.id]) : null,
  };
}

/** Who did what to what kind of thing, counted over the filter's period, most frequent first. */
export async function auditFacets(
  ctx: Context,
  filter: Pick<AuditFilter, "from" | "to"> = {},
): Promise<AuditFacets> {
  requirePermission(ctx.actor, "audit.read");
  const { from, to } = auditFilterSchema.parse(filter);
  const where = and(...conditions({ ...auditFilterSchema.parse({}), from, to }));
  const count = sql<number>`count(*)::int`;
  const [actors, objectTypes, actions] = await Promise.all([
    ctx.db
      .select({ id: a.actorId, name: sql<string>`max(${a.actorName})`, count })
      .from(a)
      .where(and(where, sql`${a.actorId} is not null`))
      .groupBy(a.actorId)
      .orderBy(desc(count), a.actorId)
      .limit(50),
    ctx.db
      .select({ name: a.objectType, count })
      .from(a)
      .where(where)
      .groupBy(a.objectType)
      .orderBy(desc(count), a.objectType),
    ctx.db
      .select({ name: a.action, count })
      .from(a)
      .where(where)
      .groupBy(a.action)
      .orderBy(desc(count), a.action),
  ]);
  return { actors: actors.map((actor) => ({ ...actor, id: actor.id ?? "" })), objectTypes, actions };
}

type Conditions = Pick<
  ReturnType<typeof auditFilterSchema.parse>,
  "actorIds" | "objectTypes" | "objectId" | "actions" | "from" | "to"
>;

function conditions(filter: Conditions): (SQL | undefined)[] {
  const anyOf = (column: typeof a.actorId | typeof a.objectType | typeof a.action, values: string[]) =>
    values.length === 0 ? undefined : inArray(column, values);
  return [
    anyOf(a.actorId, filter.actorIds),
    anyOf(a.objectType, filter.objectTypes),
    anyOf(a.action, filter.actions),
    filter.objectId === null ? undefined : eq(a.objectId, filter.objectId),
    filter.from === null ? undefined : gte(a.at, new Date(filter.from)),
    filter.to === null ? undefined : lt(a.at, new Date(filter.to)),
  ];
}

function beyond(cursor: string): SQL {
  const [at, id] = decodeCursor(cursor, instantCursor);
  return sql`(${a.at}, ${a.id}) < (${new Date(at).toISOString()}::timestamptz, ${id})`;
}

function toDto(row: typeof auditRecords.$inferSelect): AuditRecordDto {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    method: row.method,
    action: row.action,
    object: { type: row.objectType, id: row.objectId, name: row.objectName },
    before: row.before,
    after: row.after,
  };
}
