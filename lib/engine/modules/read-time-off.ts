import { sql } from "drizzle-orm";
import { SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { refreshTimeOff } from "#lib/on-call/commands/refresh-time-off";

const CLAIM_MINUTES = 10;

/**
 * Reads one calendar of time off that is due. Claiming moves its due time ahead, so that no other engine takes it and one that dies on
 * the way leaves it for later; nothing is locked while a stranger's server is asked.
 */
export const readTimeOff: EngineModule = {
  name: "read-time-off",
  async run({ db }) {
    const [due] = await db.execute<{ id: string }>(sql`
      update time_off_calendars set due_at = now() + make_interval(mins => ${CLAIM_MINUTES})
      where id = (
        select id from time_off_calendars where due_at <= now() order by due_at limit 1 for update skip locked)
      returning id`);
    if (!due) return { worked: 0, nextAt: null };
    await refreshTimeOff({ db, actor: SYSTEM }, due.id);
    return { worked: 1, nextAt: new Date(0) };
  },
};
