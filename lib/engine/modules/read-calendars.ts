import { sql } from "drizzle-orm";
import { refreshCalendar } from "#lib/calendars/commands/refresh-calendar";
import { SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";

const CLAIM_MINUTES = 5;

/**
 * Reads one imported calendar that is due and used by a layer in force. Claiming moves its due time ahead, so that no other engine takes it
 * and one that dies on the way leaves it for later; nothing is locked while a stranger's server is asked.
 */
export const readCalendars: EngineModule = {
  name: "read-calendars",
  async run({ db }) {
    const [due] = await db.execute<{ id: string }>(sql`
      update calendars set due_at = now() + make_interval(mins => ${CLAIM_MINUTES})
      where id = (
        select c.id from calendars c
        where c.due_at <= now() and exists (
          select 1 from schedule_layers l
          join schedule_versions v on v.id = l.version_id and v.effective_to is null
          join schedules s on s.id = v.schedule_id and s.deleted_at is null
          where l.calendar_id = c.id)
        order by c.due_at limit 1 for update skip locked)
      returning id`);
    if (!due) return { worked: 0, nextAt: null };
    await refreshCalendar({ db, actor: SYSTEM }, due.id);
    return { worked: 1, nextAt: new Date(0) };
  },
};
