import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { resolveSchedule, whoIsOnCall } from "#lib/on-call/resolve";
import { HOUR } from "#lib/time/calendar";

/** How far ahead the next shift boundary is looked for; without one it is looked at again then. */
const AHEAD = 6 * HOUR;

export type ShiftChanges = {
  /** Incidents that somebody on call for them doesn't have, by id; a little too many rather than too few. */
  incidentIds: string[];
  /** The next instant at which a shift of a schedule in question begins or ends. */
  nextAt: Date;
};

/** Open, unacknowledged incidents of high urgency whose level has other people on call than they are assigned to. */
export async function findShiftChanges(db: Database, now: Date): Promise<ShiftChanges> {
  const horizon = new Date(now.getTime() + AHEAD);
  const held = await db.execute<{ id: string }>(sql`
    select distinct unnest(watched_schedule_ids) as id from incidents where watched_schedule_ids <> '{}'`);
  if (held.length === 0) return { incidentIds: [], nextAt: horizon };
  const facts = await loadScheduleFacts(
    db,
    held.map(({ id }) => id),
    { start: now, end: horizon },
  );
  const onCall = [...facts].flatMap(([scheduleId, of]) =>
    whoIsOnCall(of, now).map(({ userId }) => ({ schedule_id: scheduleId, user_id: userId })),
  );
  const boundaries = [...facts.values()]
    .flatMap((of) => resolveSchedule(of, { start: now, end: horizon }))
    .flatMap(({ start, end }) => [start, end])
    .filter((at) => at > now);
  const nextAt = boundaries.reduce((first, at) => (at < first ? at : first), horizon);
  const rows = await db.execute<{ id: string }>(sql`
    select distinct i.id
    from incidents i
    cross join unnest(i.watched_schedule_ids) as watched (schedule_id)
    join jsonb_to_recordset(${JSON.stringify(onCall)}::jsonb) as o (schedule_id text, user_id text) using (schedule_id)
    left join incident_assignments a on a.incident_id = i.id and a.user_id = o.user_id
    where i.watched_schedule_ids <> '{}' and a.incident_id is null
    order by i.id`);
  return { incidentIds: rows.map(({ id }) => id), nextAt };
}
