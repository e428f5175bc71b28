import { sql } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";
import { loadScheduleFacts, withSurroundings } from "#lib/on-call/queries/schedule-facts";
import type { ScheduleWindow } from "#lib/on-call/schedule";
import { wholeShifts } from "#lib/on-call/shift-span";

/** Whose shifts: those of some schedules, of everybody or of one person. */
export type ShiftSelection = { scheduleIds: readonly string[]; userId: string | null };

/**
 * Brings what calendars are given up to date: shifts that are new, end otherwise or are called off since the last time are marked so, with a
 * higher sequence. What is over stays as it was given. Doing it twice changes nothing, at once neither.
 */
export async function publishShifts(
  { tx, now }: TransactionContext,
  { scheduleIds, userId }: ShiftSelection,
  window: ScheduleWindow,
): Promise<void> {
  const facts = await loadScheduleFacts(tx, scheduleIds, withSurroundings(window));
  const shifts = [...facts].flatMap(([scheduleId, of]) =>
    wholeShifts(of, window)
      .filter((shift) => userId === null || shift.userId === userId)
      .map(({ start, end, userId: whose }) => ({
        schedule_id: scheduleId,
        user_id: whose,
        starts_at: start.toISOString(),
        ends_at: end?.toISOString() ?? null,
      })),
  );
  const at = sql`${now.toISOString()}::timestamptz`;
  const given = sql`jsonb_to_recordset(${JSON.stringify(shifts)}::jsonb)
    as given (schedule_id text, user_id text, starts_at timestamptz, ends_at timestamptz)`;
  // Two shifts of one person that begin at once are one in a calendar: the longer.
  await tx.execute(sql`
    insert into published_shifts as known (schedule_id, user_id, starts_at, ends_at, modified_at)
    select distinct on (schedule_id, user_id, starts_at) schedule_id, user_id, starts_at, ends_at, ${at} from ${given}
    order by schedule_id, user_id, starts_at, ends_at desc nulls first
    on conflict (schedule_id, user_id, starts_at) do update
    set ends_at = excluded.ends_at, sequence = known.sequence + 1, modified_at = ${at}, cancelled_at = null
    where (known.ends_at is distinct from excluded.ends_at or known.cancelled_at is not null)
      and (excluded.ends_at is null or excluded.ends_at > ${at})`);
  const whose =
    userId === null ? sql`known.schedule_id in ${[...scheduleIds, ""]}` : sql`known.user_id = ${userId}`;
  await tx.execute(sql`
    update published_shifts as known
    set cancelled_at = ${at}, modified_at = ${at}, sequence = known.sequence + 1
    where ${whose} and known.cancelled_at is null and known.starts_at < ${window.end.toISOString()}::timestamptz
      and (known.ends_at is null or known.ends_at > ${at})
      and not exists (
        select 1 from ${given}
        where given.schedule_id = known.schedule_id and given.user_id = known.user_id and given.starts_at = known.starts_at)`);
}
