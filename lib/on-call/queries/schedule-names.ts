import { inArray } from "drizzle-orm";
import type { Database } from "#db/connect";
import { schedules } from "#db/schema/schedules";
import type { Transaction } from "#lib/context";

/** What these schedules are called and where they are shown; deleted ones too. */
export async function loadScheduleNames(
  db: Database | Transaction,
  scheduleIds: readonly string[],
): Promise<Map<string, { name: string; slug: string }>> {
  if (scheduleIds.length === 0) return new Map();
  const rows = await db
    .select({ id: schedules.id, name: schedules.name, slug: schedules.slug })
    .from(schedules)
    .where(inArray(schedules.id, [...scheduleIds]));
  return new Map(rows.map(({ id, name, slug }) => [id, { name, slug }]));
}
