import { sql } from "drizzle-orm";
import type { EngineModule } from "#lib/engine/module";
import { readNow } from "#lib/context";
import { env } from "#lib/env";

const HOUR = 3_600_000;

/** Hourly: makes the inbox partitions of the coming days, drops those past retention, trims the event stream and dead engines. */
export const runHousekeeping: EngineModule = {
  name: "housekeeping",
  async run({ db }) {
    const now = await readNow(db);
    await db.execute(sql`select ensure_inbox_partitions((now() at time zone 'UTC')::date, 8)`);
    await db.execute(
      sql`select drop_inbox_partitions((now() at time zone 'UTC')::date - ${env().inboxRetentionDays}::int)`,
    );
    await db.execute(sql`delete from outbox where at < now() - interval '1 day'`);
    await db.execute(sql`delete from engines where beat_at < now() - interval '1 day'`);
    return { worked: 0, nextAt: new Date(now.getTime() + HOUR) };
  },
};
