import { eq } from "drizzle-orm";
import { calendars } from "#db/schema/calendars";
import { hostOf } from "#lib/calendars/calendar-source";
import { keepSpans } from "#lib/calendars/commands/keep-spans";
import { readSource, storedSource } from "#lib/calendars/commands/read-source";
import type { Source } from "#lib/calendars/commands/read-source";
import { loadCalendarSchedules } from "#lib/calendars/queries/calendar-schedules";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { publish } from "#lib/outbox";

/** Gives a calendar another address or file; what it says counts from now on. Throws `invalid` when there is none to be read. */
export async function replaceCalendar(
  ctx: Context,
  input: Source & { calendarId: string; name: string },
): Promise<{ warnings: string[] }> {
  requirePermission(ctx.actor, "configure");
  const { calendarId, name, url, content } = input;
  const of = await loadCalendarSchedules(ctx.db, calendarId);
  const [schedule] = of;
  if (!schedule) throw new AppError("not_found", "No schedule follows such a calendar.");
  const { text, read } = await readSource(ctx, { url, content, timeZone: schedule.timeZone });
  return inTransaction(ctx, async (scope) => {
    const [former] = await scope.tx
      .select({ name: calendars.name, host: calendars.host })
      .from(calendars)
      .where(eq(calendars.id, calendarId))
      .for("update");
    if (!former) throw new AppError("not_found", "There is no such calendar.");
    await scope.tx
      .update(calendars)
      .set({ name, ...storedSource({ url, text, warnings: read.warnings, now: scope.now }) })
      .where(eq(calendars.id, calendarId));
    await keepSpans(scope, calendarId, read.spans);
    await audit(scope, {
      action: "update",
      objectType: "calendar",
      objectId: calendarId,
      objectName: name,
      before: { name: former.name, from: former.host ?? "a file" },
      after: { name, from: url === undefined ? "a file" : hostOf(url) },
    });
    await publish(
      scope,
      ...of.map(({ id }) => ({ topic: "schedule.calendar_read", entityType: "schedule", entityId: id })),
    );
    return { warnings: read.warnings };
  });
}
