import { readNow } from "#lib/context";
import type { Context } from "#lib/context";
import { coverageRatio, findGaps } from "#lib/on-call/coverage";
import { percent } from "#lib/on-call/queries/rendered";
import { resolveSchedule } from "#lib/on-call/resolve";
import { loadScheduleFacts, withSurroundings } from "#lib/on-call/queries/schedule-facts";
import { listSchedules } from "#lib/on-call/queries/schedules";
import type { ScheduleDto, ScheduleFilter } from "#lib/on-call/queries/schedules";
import { loadShiftNames, toGapDto } from "#lib/on-call/queries/shift-dtos";
import type { GapDto, ShiftDto } from "#lib/on-call/queries/shift-dtos";
import type { ScheduleFacts } from "#lib/on-call/schedule";
import { currentShifts, nextHandOff } from "#lib/on-call/shift-span";
import { DAY } from "#lib/time/calendar";
import type { PersonRef } from "#lib/people/queries/person-refs";

const SHOWN_DAYS = 14;
const JUDGED_DAYS = 30;

export type ScheduleOverview = ScheduleDto & {
  /** Who is on call now, each until the end of their shift. */
  now: ShiftDto[];
  /** When that changes next, and to whom; null: never. An empty list of people is a gap. */
  next: { at: string; people: PersonRef[] } | null;
  /** The next 14 days, clipped to them. */
  shifts: ShiftDto[];
  /** Of the next 30 days. */
  coveragePercent: number;
  gaps: GapDto[];
};

/** Schedules with who is on call now and next, and what the coming days look like. */
export async function listScheduleOverviews(
  ctx: Context,
  filter: ScheduleFilter = {},
): Promise<{ schedules: ScheduleOverview[]; total: number }> {
  const [{ schedules, total }, now] = await Promise.all([listSchedules(ctx, filter), readNow(ctx.db)]);
  const facts = await loadScheduleFacts(
    ctx.db,
    schedules.map(({ id }) => id),
    withSurroundings({ start: now, end: new Date(now.getTime() + JUDGED_DAYS * DAY) }),
  );
  const outlooks = new Map([...facts].map(([id, of]) => [id, lookAhead(of, now)]));
  const name = await loadShiftNames(
    ctx.db,
    [...outlooks.values()].flatMap(({ now: current, shifts, next }) => [
      ...current,
      ...shifts,
      ...(next?.onCall ?? []),
    ]),
  );
  return {
    total,
    schedules: schedules.flatMap((schedule) => {
      const outlook = outlooks.get(schedule.id);
      if (!outlook) return [];
      const { now: current, next, shifts, coverage, gaps } = outlook;
      return {
        ...schedule,
        now: current.map(name),
        next: next && {
          at: next.at.toISOString(),
          people: next.onCall.map((entry) => name({ ...entry, start: next.at, end: null }).user),
        },
        shifts: shifts.map(name),
        coveragePercent: percent(coverage),
        gaps: gaps.map(toGapDto),
      };
    }),
  };
}

function lookAhead(facts: ScheduleFacts, now: Date) {
  const judged = { start: now, end: new Date(now.getTime() + JUDGED_DAYS * DAY) };
  return {
    now: currentShifts(facts, now),
    next: nextHandOff(facts, now),
    shifts: resolveSchedule(facts, { start: now, end: new Date(now.getTime() + SHOWN_DAYS * DAY) }),
    coverage: coverageRatio(facts, judged),
    gaps: findGaps(facts, judged),
  };
}
