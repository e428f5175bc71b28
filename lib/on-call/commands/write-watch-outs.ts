import { and, eq } from "drizzle-orm";
import { shiftHandOffs } from "#db/schema/hand-offs";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockSchedule } from "#lib/on-call/commands/lock-schedule";
import type { HandOffRef } from "#lib/on-call/hand-off-address";
import { publish } from "#lib/outbox";

export type WatchOutsInput = HandOffRef & {
  text: string | null;
  /** When what the writer started from was written; null: there was nothing. */
  startedFrom: string | null;
};

/**
 * Keeps what those who come should watch out for; null or blank takes it away. Throws `conflict` when somebody else wrote meanwhile: theirs
 * is not overwritten unseen.
 */
export async function writeWatchOuts(ctx: Context, input: WatchOutsInput): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  const { scheduleId, at, startedFrom } = input;
  const text = input.text?.trim() ?? "";
  await inTransaction(ctx, async (scope) => {
    const { tx, now, actor } = scope;
    // Its lock makes two writers of the first note wait for each other.
    const schedule = await lockSchedule(tx, scheduleId);
    const which = and(eq(shiftHandOffs.scheduleId, scheduleId), eq(shiftHandOffs.at, at));
    const [former] = await tx.select().from(shiftHandOffs).where(which);
    if ((former?.writtenAt.toISOString() ?? null) !== startedFrom) {
      throw new AppError(
        "conflict",
        "Somebody else has written meanwhile; what they wrote is kept. Reload to see it.",
      );
    }
    const written = {
      watchOuts: text,
      writtenBy: actor.type === "user" ? actor.id : null,
      writtenAt: now,
    };
    await tx
      .insert(shiftHandOffs)
      .values({ scheduleId, at, ...written })
      .onConflictDoUpdate({ target: [shiftHandOffs.scheduleId, shiftHandOffs.at], set: written });
    await audit(scope, {
      action: "update",
      objectType: "hand_off",
      objectId: scheduleId,
      objectName: schedule.name,
      before: { at: at.toISOString(), watchOuts: former?.watchOuts ?? "" },
      after: { at: at.toISOString(), watchOuts: text },
    });
    await publish(scope, {
      topic: "schedule.hand_off_written",
      entityType: "schedule",
      entityId: scheduleId,
    });
  });
}
