import { and, asc, eq, gt } from "drizzle-orm";
import { timeOff, timeOffCalendars } from "#db/schema/time-off";
import { readNow } from "#lib/context";
import type { Context } from "#lib/context";
import { requireOwnTime } from "#lib/on-call/commands/require-own-time";
import { localSpan } from "#lib/on-call/local-span";
import { conflictsOf } from "#lib/on-call/person-warnings";
import { listPersonShifts } from "#lib/on-call/queries/person-shifts";
import type { PersonShiftDto } from "#lib/on-call/queries/person-shifts";

export type TimeOffDto = {
  id: string;
  startsAt: string;
  endsAt: string;
  note: string | null;
  fromCalendar: boolean;
};

/** A part of a shift in which its person is away. */
export type TimeOffConflict = Pick<PersonShiftDto, "schedule" | "fromLocal" | "untilLocal"> & {
  startsAt: string;
  endsAt: string;
};

export type OwnTimeOff = {
  /** By start; from a calendar or by hand; what is over is left out. */
  entries: TimeOffDto[];
  /** The calendar it is read from; its address is never told. */
  calendar: { host: string; readAt: string | null; error: string | null } | null;
  conflicts: TimeOffConflict[];
};

const SHOWN_DAYS = 180;

/** The viewer's time off and the shifts that it meets. */
export async function readOwnTimeOff(ctx: Context): Promise<OwnTimeOff> {
  const userId = ctx.actor.id;
  if (userId === null) return { entries: [], calendar: null, conflicts: [] };
  const [rows, [calendar], shifts] = await Promise.all([
    readRows(ctx, userId),
    ctx.db.select().from(timeOffCalendars).where(eq(timeOffCalendars.userId, userId)),
    listPersonShifts(ctx, { days: SHOWN_DAYS }),
  ]);
  const away = rows.map(({ startsAt, endsAt }) => ({ start: startsAt.getTime(), end: endsAt.getTime() }));
  return {
    entries: rows.map(toDto),
    calendar: calendar
      ? { host: calendar.host, readAt: calendar.readAt?.toISOString() ?? null, error: calendar.error }
      : null,
    conflicts: conflictsOf(shifts.map(toInterval), away).map(({ schedule, start, end }) => {
      const span = { startsAt: new Date(start), endsAt: new Date(end) };
      return {
        schedule,
        startsAt: span.startsAt.toISOString(),
        endsAt: span.endsAt.toISOString(),
        ...localSpan(span, schedule.timeZone),
      };
    }),
  };
}

/** When somebody is away, by start; what is over is left out. For themselves and those who may configure. */
export async function listTimeOffOf(ctx: Context, userId: string): Promise<TimeOffDto[]> {
  await requireOwnTime({ tx: ctx.db, actor: ctx.actor }, userId);
  return (await readRows(ctx, userId)).map(toDto);
}

async function readRows({ db }: Context, userId: string) {
  const now = await readNow(db);
  return db
    .select()
    .from(timeOff)
    .where(and(eq(timeOff.userId, userId), gt(timeOff.endsAt, now)))
    .orderBy(asc(timeOff.startsAt), asc(timeOff.id))
    .limit(500);
}

function toDto({ id, startsAt, endsAt, note, calendarId }: typeof timeOff.$inferSelect): TimeOffDto {
  return {
    id,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    note,
    fromCalendar: calendarId !== null,
  };
}

function toInterval({ schedule, start, end }: PersonShiftDto) {
  return {
    schedule,
    start: Date.parse(start),
    end: end === null ? Number.POSITIVE_INFINITY : Date.parse(end),
  };
}
