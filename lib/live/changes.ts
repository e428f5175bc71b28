import { asc, gt, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { outbox } from "#db/schema/organisation";

/** One change as browsers hear of it: which entity, and what happened to it. The data itself they fetch. */
export type ChangeDto = {
  id: number;
  at: string;
  topic: string;
  entityType: string;
  entityId: string;
  data: Record<string, unknown>;
};

const MOST_AT_ONCE = 500;

/** Changes after `id`, oldest first; `gap` when more were missed than can be told one by one, or they were trimmed already. */
export async function changesAfter(
  db: Database,
  id: number,
): Promise<{ changes: ChangeDto[]; gap: boolean }> {
  const rows = await db
    .select()
    .from(outbox)
    .where(gt(outbox.id, id))
    .orderBy(asc(outbox.id))
    .limit(MOST_AT_ONCE + 1);
  const changes = rows.slice(0, MOST_AT_ONCE).map((row) => ({ ...row, at: row.at.toISOString() }));
  return { changes, gap: rows.length > MOST_AT_ONCE };
}

/** The newest change there is; 0 when there is none. */
export async function newestChange(db: Database): Promise<number> {
  const [row] = await db.select({ id: sql<number>`coalesce(max(${outbox.id}), 0)::int` }).from(outbox);
  return row?.id ?? 0;
}
