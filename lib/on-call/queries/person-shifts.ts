import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { loadScheduleFacts, withSurroundings } from "#lib/on-call/queries/schedule-facts";
import { loadShiftNames } from "#lib/on-call/queries/shift-dtos";
import type { ShiftDto } from "#lib/on-call/queries/shift-dtos";
import { localSpan } from "#lib/on-call/local-span";
import { nextShift, wholeShifts } from "#lib/on-call/shift-span";
import { loadObligations } from "#lib/people/queries/obligations";
import { DAY } from "#lib/time/calendar";
import { timeZoneOrUtc } from "#lib/time/zone";

const LONGEST_DAYS = 180;

export type PersonShiftDto = ShiftDto & {
  schedule: { id: string; name: string; slug: string; timeZone: string };
  /** Start and end on the schedule's own clocks, "2026-11-25T09:00"; a shift without an end has a day of it. */
  fromLocal: string;
  untilLocal: string;
};

/** A person's current and coming shifts in all live schedules, the earliest first; one's own unless told otherwise. */
export async function listPersonShifts(
  ctx: Context,
  input: { userId?: string; days?: number } = {},
): Promise<PersonShiftDto[]> {
  requirePermission(ctx.actor, "read");
  const userId = input.userId ?? ctx.actor.id;
  if (userId === null) return [];
  const now = await readNow(ctx.db);
  const days = Math.min(input.days ?? 60, LONGEST_DAYS);
  const window = { start: now, end: new Date(now.getTime() + days * DAY) };
  const { schedules } = await loadObligations(ctx.db, userId, now);
  const facts = await loadScheduleFacts(
    ctx.db,
    schedules.map(({ id }) => id),
    withSurroundings(window),
  );
  const shifts = schedules.flatMap((schedule) => {
    const of = facts.get(schedule.id);
    const own = of ? wholeShifts(of, window).filter((shift) => shift.userId === userId) : [];
    return own.map((shift) => ({ schedule, shift }));
  });
  const name = await loadShiftNames(ctx.db, [{ userId }]);
  return shifts
    .toSorted((a, b) => a.shift.start.getTime() - b.shift.start.getTime())
    .map(({ schedule, shift }) => {
      const timeZone = timeZoneOrUtc(facts.get(schedule.id)?.timeZone ?? "Etc/UTC");
      const endsAt = shift.end ?? new Date(shift.start.getTime() + DAY);
      return {
        schedule: { ...schedule, timeZone },
        ...name(shift),
        ...localSpan({ startsAt: shift.start, endsAt }, timeZone),
      };
    });
}

/** The first shift of a person in one schedule that begins after now; null: never again. */
export async function getNextShift(
  ctx: Context,
  input: { scheduleId: string; userId: string },
): Promise<ShiftDto | null> {
  requirePermission(ctx.actor, "read");
  const now = await readNow(ctx.db);
  const window = { start: now, end: new Date(now.getTime() + 2 * LONGEST_DAYS * DAY) };
  const facts = (await loadScheduleFacts(ctx.db, [input.scheduleId], window)).get(input.scheduleId);
  if (!facts) throw new AppError("not_found", "There is no such schedule.", { wireCode: 3004 });
  const shift = nextShift(facts, now, input.userId);
  return shift && (await loadShiftNames(ctx.db, [shift]))(shift);
}
