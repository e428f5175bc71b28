import { not, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { users } from "#db/schema/people";
import { inTransaction, SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { handBackIncidents } from "#lib/incidents/commands/hand-back";
import { isPageable } from "#lib/people/queries/pageable";

const EVERY_MS = 60_000;
/** While somebody has just been deactivated. */
const SOON_MS = 1_000;
/** Longer than any transaction that may just be opening an incident for them. */
const JUST = "10 seconds";

/**
 * Takes open incidents from people who may not be paged. Whoever deactivates somebody does so at once; this finds what reached that person
 * in the same moment: every second for a while after that, else once a minute.
 */
export function handBackModule(): EngineModule {
  let dueAt = 0;
  return {
    name: "hand-back",
    async run({ db }) {
      const { now, isJustNow } = await look(db);
      if (now < dueAt && !isJustNow) return { worked: 0, nextAt: new Date(dueAt) };
      const worked = await inTransaction({ db, actor: SYSTEM }, (scope) =>
        handBackIncidents(scope, "everybody", "Whoever had it can't be paged any more"),
      );
      if (worked > 0) return { worked, nextAt: new Date(0) };
      dueAt = now + (isJustNow ? SOON_MS : EVERY_MS);
      return { worked, nextAt: new Date(dueAt) };
    },
  };
}

/** The instant, and whether somebody has just become one who may not be paged. */
async function look(db: Database): Promise<{ now: number; isJustNow: boolean }> {
  const [row] = await db.execute<{ now: number; isJustNow: boolean }>(sql`
    select (extract(epoch from now()) * 1000)::float8 as now, exists (
      select from ${users} where ${not(isPageable())} and ${users.updatedAt} > now() - ${JUST}::interval
    ) as "isJustNow"`);
  if (!row) throw new Error("A select without from always has a row.");
  return row;
}

export const runHandBack: EngineModule = handBackModule();
