import { sql } from "drizzle-orm";
import type { EngineModule } from "#lib/engine/module";
import { readNow } from "#lib/context";
import { env } from "#lib/env";
import { foldRuleHits } from "#lib/rules/commands/fold-hits";

const HOUR = 3_600_000;

/**
 * Once an hour, however often it is woken: makes the inbox partitions of the coming days, drops those past retention, trims the event
 * stream and dead engines. Partitions lock the whole inbox for a moment; rather than make the intake wait behind a long
 * transaction, it gives up and tries again in the next hour, with a week of partitions in hand.
 */
function housekeeping(): EngineModule {
  let dueAt = 0;
  return {
    name: "housekeeping",
    async run({ db }) {
      const now = (await readNow(db)).getTime();
      if (now < dueAt) return { worked: 0, nextAt: new Date(dueAt) };
      dueAt = now + HOUR;
      await db.transaction(async (tx) => {
        await tx.execute(sql`set local lock_timeout = '2s'`);
        await tx.execute(sql`select ensure_inbox_partitions((now() at time zone 'UTC')::date, 8)`);
        const before = sql`(now() at time zone 'UTC')::date - ${env().inboxRetentionDays}::int`;
        await tx.execute(sql`select drop_inbox_partitions(${before})`);
      });
      await db.execute(sql`delete from outbox where at < now() - interval '1 day'`);
      await db.execute(sql`delete from integration_hours where hour < now() - interval '60 days'`);
      await foldRuleHits(db);
      await db.execute(sql`delete from rule_calls where ended_at < now() - interval '14 days'`);
      await db.execute(sql`delete from engines where beat_at < now() - interval '1 day'`);
      return { worked: 0, nextAt: new Date(dueAt) };
    },
  };
}

export const runHousekeeping: EngineModule = housekeeping();
