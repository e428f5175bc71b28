import { and, asc, gt, inArray, lt } from "drizzle-orm";
import type { Database } from "#db/connect";
import { calendarSpans } from "#db/schema/calendars";
import type { Transaction } from "#lib/context";
import type { CalendarSpan } from "#lib/on-call/calendar-segments";
import type { ScheduleWindow } from "#lib/on-call/schedule";

/** What imported calendars say within the window, by calendar; no statement where there is none to ask for. */
export async function loadCalendarSpans(
  db: Database | Transaction,
  calendarIds: readonly string[],
  window: ScheduleWindow,
): Promise<Map<string, CalendarSpan[]>> {
  if (calendarIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(calendarSpans)
    .where(
      and(
        inArray(calendarSpans.calendarId, [...calendarIds]),
        lt(calendarSpans.startsAt, window.end),
        gt(calendarSpans.endsAt, window.start),
      ),
    )
    .orderBy(asc(calendarSpans.startsAt), asc(calendarSpans.id));
  const spans = rows.map(({ calendarId, startsAt, endsAt, userId, label, priority }) => ({
    calendarId,
    span: { start: startsAt.getTime(), end: endsAt.getTime(), userId, label, priority },
  }));
  return new Map(
    [...Map.groupBy(spans, ({ calendarId }) => calendarId)].map(([id, of]) => [
      id,
      of.map(({ span }) => span),
    ]),
  );
}
