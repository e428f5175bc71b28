import { inArray, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { incidents } from "#db/schema/incidents";

/** Waits until so many sessions of this database wait for somebody's lock. */
export async function untilBlocked(
  db: Database,
  sessions: number,
  orSettled?: Promise<unknown>,
): Promise<void> {
  let settled = false;
  const end = () => {
    settled = true;
  };
  void orSettled?.then(end, end);
  for (;;) {
    const [row] = await db.execute<{ blocked: number }>(sql`
      select count(*)::int as blocked from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`);
    if (settled || (row?.blocked ?? 0) >= sessions) return;
  }
}

/** Starts work while these incidents are locked, and lets it go once all of it waits: it then happens in the order started. */
export async function whileHeld<T>(
  db: Database,
  incidentIds: readonly string[],
  starts: readonly (() => Promise<T>)[],
): Promise<PromiseSettledResult<T>[]> {
  const started: Promise<T>[] = [];
  await db.transaction(async (tx) => {
    await tx
      .select({ id: incidents.id })
      .from(incidents)
      .where(inArray(incidents.id, [...incidentIds]))
      .for("update");
    for (const start of starts) {
      const work = start();
      // Waited for below; one that fails at once must not count as unhandled meanwhile.
      work.catch(() => undefined);
      started.push(work);
      await untilBlocked(db, started.length, work);
    }
  });
  return Promise.allSettled(started);
}
