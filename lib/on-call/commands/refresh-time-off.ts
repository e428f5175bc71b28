import { eq } from "drizzle-orm";
import type { Database } from "#db/connect";
import { insertMany } from "#db/insert-many";
import { users } from "#db/schema/people";
import { timeOff, timeOffCalendars } from "#db/schema/time-off";
import { fetchCalendar } from "#lib/calendars/fetch-calendar";
import { readIcs } from "#lib/calendars/read-ics";
import type { CalendarEvent } from "#lib/calendars/read-ics";
import { inTransaction, readNow } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { decryptSecret, UnreadableSecret } from "#lib/crypto/secret";
import { singleLine } from "#lib/events/storable-text";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { DAY, MINUTE } from "#lib/time/calendar";
import { timeZoneOrUtc } from "#lib/time/zone";

/** What the address of such a calendar is encrypted as. */
export const TIME_OFF_URL = "time-off-url";

const READ_EVERY = 60 * MINUTE;
const LONGEST_WAIT = DAY;
const AHEAD = 370 * DAY;

export type ReadTimeOff = { kind: "read"; events: CalendarEvent[] } | { kind: "failed"; because: string };

/** What a calendar says of the coming year. Days without times are those of the person's zone. */
export async function fetchTimeOff(
  db: Parameters<typeof readNow>[0],
  url: string,
  timeZone: string,
): Promise<ReadTimeOff> {
  const [fetched, now] = await Promise.all([fetchCalendar(url), readNow(db)]);
  if (fetched.kind === "failed") return fetched;
  const window = { start: now.getTime() - DAY, end: now.getTime() + AHEAD };
  const read = readIcs(fetched.text, window, timeZoneOrUtc(timeZone));
  return read.kind === "unreadable"
    ? { kind: "failed", because: read.because }
    : { kind: "read", events: read.events };
}

/** Reads one calendar again. If it can't be read, what it said last stays, with the reason beside it. */
export async function refreshTimeOff(ctx: Context, calendarId: string): Promise<void> {
  const calendar = await loadCalendar(ctx.db, calendarId);
  if (!calendar) return;
  const read = await fetchAgain(ctx.db, calendar);
  await inTransaction(ctx, async (scope) => {
    const [current] = await scope.tx
      .select()
      .from(timeOffCalendars)
      .where(eq(timeOffCalendars.id, calendarId))
      .for("update");
    if (!current) return;
    await keepTimeOff(scope, current, read);
    await publish(scope, { topic: "user.time_off", entityType: "user", entityId: current.userId });
  });
}

/** Writes down what was read, in place of what the calendar said before, or why it couldn't be read. */
export async function keepTimeOff(
  { tx, now }: TransactionContext,
  calendar: { id: string; userId: string; failures: number },
  read: ReadTimeOff,
): Promise<void> {
  const own = eq(timeOffCalendars.id, calendar.id);
  if (read.kind === "failed") {
    const failures = calendar.failures + 1;
    const wait = Math.min(READ_EVERY * 2 ** Math.min(failures, 6), LONGEST_WAIT);
    const dueAt = new Date(now.getTime() + wait);
    await tx.update(timeOffCalendars).set({ error: read.because, failures, dueAt }).where(own);
    return;
  }
  await tx.delete(timeOff).where(eq(timeOff.calendarId, calendar.id));
  const rows = read.events
    .filter(({ start, end }) => start < end)
    .map(({ start, end, summary }) => ({
      id: newId(now.getTime()),
      userId: calendar.userId,
      calendarId: calendar.id,
      startsAt: new Date(start),
      endsAt: new Date(end),
      note: singleLine(summary).slice(0, 255) || null,
      createdAt: now,
    }));
  await insertMany(tx, timeOff, rows);
  const dueAt = new Date(now.getTime() + READ_EVERY);
  await tx.update(timeOffCalendars).set({ readAt: now, error: null, failures: 0, dueAt }).where(own);
}

async function loadCalendar(db: Database, calendarId: string) {
  const [calendar] = await db
    .select({ encryptedUrl: timeOffCalendars.encryptedUrl, timeZone: users.timeZone })
    .from(timeOffCalendars)
    .innerJoin(users, eq(users.id, timeOffCalendars.userId))
    .where(eq(timeOffCalendars.id, calendarId));
  return calendar;
}

async function fetchAgain(
  db: Database,
  { encryptedUrl, timeZone }: { encryptedUrl: string; timeZone: string },
): Promise<ReadTimeOff> {
  try {
    return await fetchTimeOff(db, decryptSecret(encryptedUrl, TIME_OFF_URL), timeZone);
  } catch (error) {
    if (error instanceof UnreadableSecret) return { kind: "failed", because: error.message };
    throw error;
  }
}
