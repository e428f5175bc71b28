import { eq } from "drizzle-orm";
import { timeOff } from "#db/schema/time-off";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { requireOwnTime } from "#lib/on-call/commands/require-own-time";
import { publish } from "#lib/outbox";

/** Takes a stretch of time off away that was entered by hand; what a calendar says is the calendar's. */
export async function removeTimeOff(ctx: Context, timeOffId: string): Promise<void> {
  await inTransaction(ctx, async (scope) => {
    const { tx } = scope;
    const [row] = await tx.select().from(timeOff).where(eq(timeOff.id, timeOffId)).for("update");
    if (!row) throw new AppError("not_found", "There is no such time off.");
    const person = await requireOwnTime(scope, row.userId);
    if (row.calendarId !== null) {
      throw new AppError(
        "conflict",
        "This comes from a calendar: change it there, or take the calendar away.",
      );
    }
    await tx.delete(timeOff).where(eq(timeOff.id, timeOffId));
    await audit(scope, {
      action: "delete",
      objectType: "time_off",
      objectId: timeOffId,
      objectName: person.name,
      before: { userId: row.userId, startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString() },
    });
    await publish(scope, { topic: "user.time_off", entityType: "user", entityId: row.userId });
  });
}
