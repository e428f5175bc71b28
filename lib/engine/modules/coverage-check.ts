import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { inTransaction, readNow, SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { checkCoverage } from "#lib/escalation/commands/check-coverage";

const EVERY_MS = 3_600_000;
/** Changes come in bursts: one look for all that happen within so long. */
const AFTER_CHANGE_MS = 60_000;
/** Names this work among the database's advisory locks. */
const LOCK = 7_201_530;

/**
 * Looks for coming times at which a policy would reach nobody: once an hour, and soon after a schedule, a policy or a person changed.
 * What is known is in the database, so whichever engine looks tells each gap once.
 */
export function coverageCheckModule(): EngineModule {
  let dueAt = 0;
  let checkedAt = 0;
  let seen: string | null = null;
  return {
    name: "coverage-check",
    async run({ db }) {
      const now = (await readNow(db)).getTime();
      const latest = await latestChange(db);
      if (latest !== seen) dueAt = Math.min(dueAt, checkedAt + AFTER_CHANGE_MS);
      if (now < dueAt) return { worked: 0, nextAt: new Date(dueAt) };
      seen = latest;
      const worked = await inTransaction({ db, actor: SYSTEM }, async (scope) => {
        const [lock] = await scope.tx.execute<{ held: boolean }>(
          sql`select pg_try_advisory_xact_lock(${LOCK}) as held`,
        );
        return lock?.held ? checkCoverage(scope) : 0;
      });
      checkedAt = now;
      dueAt = now + EVERY_MS;
      return { worked, nextAt: new Date(dueAt) };
    },
  };
}

export const runCoverageCheck: EngineModule = coverageCheckModule();

async function latestChange(db: Database): Promise<string | null> {
  const [row] = await db.execute<{ id: string | null }>(sql`
    select max(id)::text as id from outbox
    where at > now() - interval '2 hours' and topic <> 'escalation_policy.coverage_changed'
      and entity_type in ('schedule', 'override', 'escalation_policy', 'user', 'contact_method', 'team')`);
  return row?.id ?? null;
}
