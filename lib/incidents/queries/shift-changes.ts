import { and, eq, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { incidents } from "#db/schema/incidents";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { resolveSchedule, whoIsOnCall } from "#lib/on-call/resolve";
import { HOUR } from "#lib/time/calendar";

/** How far ahead the next shift boundary is looked for; without one it is looked at again then. */
const AHEAD = 6 * HOUR;

const isWatched = and(
  eq(incidents.status, "triggered"),
  eq(incidents.urgency, "high"),
  eq(incidents.assignedVia, "escalation_policy"),
);

// The targets of the last level entered that doesn't only tell, or the one whose turn it is.
const heldTargets = sql`
  lateral (
    select level from jsonb_array_elements(incidents.policy_snapshot->'levels') with ordinality as l (level, number)
    where number <= incidents.level and coalesce((level->>'notifyOnly')::boolean, false) = false
    order by number desc limit 1
  ) held,
  lateral jsonb_array_elements(held.level->'targets') as target
  where incidents.level <= jsonb_array_length(incidents.policy_snapshot->'levels')
    and target->>'type' = 'schedule'
    and coalesce(incidents.ring_members->>(held.level->>'id'), target->>'id') = target->>'id'`;

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
    select distinct target->>'id' as id from incidents, ${heldTargets} and ${isWatched}`);
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
    select distinct incidents.id from incidents, ${heldTargets} and ${isWatched}
      and exists (
        select 1 from jsonb_to_recordset(${JSON.stringify(onCall)}::jsonb) as o (schedule_id text, user_id text)
        where o.schedule_id = target->>'id' and not exists (
          select 1 from incident_assignments a where a.incident_id = incidents.id and a.user_id = o.user_id))
    order by incidents.id`);
  return { incidentIds: rows.map(({ id }) => id), nextAt };
}
