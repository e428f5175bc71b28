import { asc, gt, inArray, max, min, or } from "drizzle-orm";
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

export const MOST_AT_ONCE = 500;

/** Changes after `id` and, among the earlier ones, those named in `late`; oldest first, at most 500. */
export async function changesAfter(
  db: Database,
  id: number,
  late: readonly number[] = [],
): Promise<ChangeDto[]> {
  const rows = await db
    .select()
    .from(outbox)
    .where(or(gt(outbox.id, id), late.length > 0 ? inArray(outbox.id, [...late]) : undefined))
    .orderBy(asc(outbox.id))
    .limit(MOST_AT_ONCE);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** The ids of the oldest change that is kept and of the newest; 0 when there is none. */
export async function keptChanges(db: Database): Promise<{ oldest: number; newest: number }> {
  const [row] = await db.select({ oldest: min(outbox.id), newest: max(outbox.id) }).from(outbox);
  return { oldest: row?.oldest ?? 0, newest: row?.newest ?? 0 };
}
