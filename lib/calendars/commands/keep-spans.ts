import { isDeepStrictEqual } from "node:util";
import { and, asc, eq, gt } from "drizzle-orm";
import { insertMany } from "#db/insert-many";
import { calendarSpans } from "#db/schema/calendars";
import type { TransactionContext } from "#lib/context";
import { refreshedSpans } from "#lib/on-call/calendar-segments";
import type { CalendarSpan } from "#lib/on-call/calendar-segments";

/** Writes down what a calendar says from now on; what was before stays. Answers whether that changed anything. */
export async function keepSpans(
  { tx, now }: TransactionContext,
  calendarId: string,
  read: readonly CalendarSpan[],
): Promise<boolean> {
  const unfinished = and(eq(calendarSpans.calendarId, calendarId), gt(calendarSpans.endsAt, now));
  const rows = await tx.select().from(calendarSpans).where(unfinished).orderBy(asc(calendarSpans.id));
  const stored = rows.map(({ startsAt, endsAt, userId, label, priority }) => ({
    start: startsAt.getTime(),
    end: endsAt.getTime(),
    userId,
    label,
    priority,
  }));
  const kept = refreshedSpans(stored, read, now.getTime()).toSorted(bySpan);
  if (isDeepStrictEqual(kept, stored.toSorted(bySpan))) return false;
  await tx.delete(calendarSpans).where(unfinished);
  await insertMany(
    tx,
    calendarSpans,
    kept.map(({ start, end, ...span }) => ({
      ...span,
      calendarId,
      startsAt: new Date(start),
      endsAt: new Date(end),
    })),
  );
  return true;
}

function bySpan(a: CalendarSpan, b: CalendarSpan): number {
  const [one, other] = [a, b].map((span) => JSON.stringify([span.start, span.end, span.userId, span.label]));
  return (one ?? "") < (other ?? "") ? -1 : 1;
}
