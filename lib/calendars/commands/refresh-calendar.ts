import { eq } from "drizzle-orm";
import { calendars } from "#db/schema/calendars";
import { CALENDAR_URL, nextLook } from "#lib/calendars/calendar-source";
import { comingSpans } from "#lib/calendars/coming-spans";
import { keepSpans } from "#lib/calendars/commands/keep-spans";
import { fetchCalendar } from "#lib/calendars/fetch-calendar";
import type { FetchedCalendar } from "#lib/calendars/fetch-calendar";
import { loadCalendarSchedules } from "#lib/calendars/queries/calendar-schedules";
import { loadDirectory } from "#lib/calendars/queries/directory";
import { inTransaction, readNow, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { decryptSecret, UnreadableSecret } from "#lib/crypto/secret";
import { AppError } from "#lib/errors";
import type { CalendarSpan } from "#lib/on-call/calendar-segments";
import { publish } from "#lib/outbox";

export type CalendarRefresh = { kind: "read"; isChanged: boolean } | { kind: "failed"; because: string };

/**
 * Reads a calendar again and keeps what it says from now on. If it can't be read, the last one that could stays in force and the reason is
 * kept beside it.
 */
export async function refreshCalendar(ctx: Context, calendarId: string): Promise<CalendarRefresh> {
  requirePermission(ctx.actor, "incident.respond");
  const [calendar] = await ctx.db.select().from(calendars).where(eq(calendars.id, calendarId));
  if (!calendar) throw new AppError("not_found", "There is no such calendar.");
  const fetched = await fetchAgain(calendar);
  const [of, directory, now] = await Promise.all([
    loadCalendarSchedules(ctx.db, calendarId),
    loadDirectory(ctx.db),
    readNow(ctx.db),
  ]);
  const read =
    fetched.kind === "failed"
      ? { kind: "unreadable" as const, because: fetched.because }
      : comingSpans(fetched.text, { now, timeZone: of[0]?.timeZone ?? "Etc/UTC", directory });
  return inTransaction(ctx, async (scope) => {
    const [current] = await scope.tx
      .select()
      .from(calendars)
      .where(eq(calendars.id, calendarId))
      .for("update");
    // Somebody gave it another source meanwhile: that is what counts.
    if (!current || !isSameSource(current, calendar)) return { kind: "read", isChanged: false };
    const result =
      read.kind === "unreadable"
        ? await recordFailure(scope, current, read.because)
        : await recordRead(scope, current, { ...read, text: fetched.kind === "text" ? fetched.text : "" });
    const isNews = result.kind === "failed" ? result.because !== current.error : current.error !== null;
    if (isNews || (result.kind === "read" && result.isChanged)) await tell(scope, of);
    return result;
  });
}

type Calendar = typeof calendars.$inferSelect;

function isSameSource(a: Calendar, b: Calendar): boolean {
  return a.url === b.url && (a.url !== null || a.content === b.content);
}

async function recordFailure(
  { tx, now }: TransactionContext,
  { id, url, failingSince }: Calendar,
  because: string,
): Promise<CalendarRefresh> {
  await tx
    .update(calendars)
    .set({ checkedAt: now, dueAt: nextLook(url, now), error: because, failingSince: failingSince ?? now })
    .where(eq(calendars.id, id));
  return { kind: "failed", because };
}

async function recordRead(
  scope: TransactionContext,
  { id, url }: Calendar,
  { text, spans, warnings }: { text: string; spans: CalendarSpan[]; warnings: string[] },
): Promise<CalendarRefresh> {
  const { tx, now } = scope;
  const isChanged = await keepSpans(scope, id, spans);
  await tx
    .update(calendars)
    .set({
      checkedAt: now,
      dueAt: nextLook(url, now),
      content: text,
      readAt: now,
      warnings,
      error: null,
      failingSince: null,
    })
    .where(eq(calendars.id, id));
  return { kind: "read", isChanged };
}

async function fetchAgain(calendar: typeof calendars.$inferSelect): Promise<FetchedCalendar> {
  if (calendar.url === null) return { kind: "text", text: calendar.content ?? "" };
  try {
    return await fetchCalendar(decryptSecret(calendar.url, CALENDAR_URL));
  } catch (error) {
    if (error instanceof UnreadableSecret) return { kind: "failed", because: error.message };
    throw error;
  }
}

function tell(scope: TransactionContext, of: readonly { id: string }[]): Promise<void> {
  return publish(
    scope,
    ...of.map(({ id }) => ({ topic: "schedule.calendar_read", entityType: "schedule", entityId: id })),
  );
}
