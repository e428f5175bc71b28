import { eq } from "drizzle-orm";
import { timeOffCalendars } from "#db/schema/time-off";
import { hostOf } from "#lib/calendars/calendar-source";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { encryptSecret } from "#lib/crypto/secret";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { fetchTimeOff, keepTimeOff, TIME_OFF_URL } from "#lib/on-call/commands/refresh-time-off";
import { requireOwnTime } from "#lib/on-call/commands/require-own-time";
import { timeOffCalendarSchema } from "#lib/on-call/schemas";
import type { TimeOffCalendarInput } from "#lib/on-call/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

/** Reads one's time off from a calendar from now on, in place of any before; null: from none. Throws `invalid` if it can't be read. */
export async function setTimeOffCalendar(ctx: Context, input: TimeOffCalendarInput): Promise<void> {
  const { url } = parseInput(timeOffCalendarSchema, input);
  const userId = ctx.actor.id ?? "";
  const person = await requireOwnTime({ tx: ctx.db, actor: ctx.actor }, userId);
  // Asked before anything is locked: it is a stranger's server.
  const read = url === null ? null : await fetchTimeOff(ctx.db, url, person.timeZone);
  if (read?.kind === "failed") {
    throw new AppError("invalid", read.because, { fields: [{ field: "url", message: read.because }] });
  }
  await inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    await tx.delete(timeOffCalendars).where(eq(timeOffCalendars.userId, userId));
    if (url !== null && read !== null) {
      const id = newId(now.getTime());
      await tx.insert(timeOffCalendars).values({
        id,
        userId,
        encryptedUrl: encryptSecret(url, TIME_OFF_URL),
        host: hostOf(url),
        createdAt: now,
        dueAt: now,
      });
      await keepTimeOff(scope, { id, userId, failures: 0 }, read);
    }
    await audit(scope, {
      action: url === null ? "delete" : "update",
      objectType: "time_off_calendar",
      objectId: userId,
      objectName: person.name,
      ...(url !== null && { after: { host: hostOf(url) } }),
    });
    await publish(scope, { topic: "user.time_off", entityType: "user", entityId: userId });
  });
}
