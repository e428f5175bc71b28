import { shiftAcceptances } from "#db/schema/hand-offs";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockSchedule } from "#lib/on-call/commands/lock-schedule";
import type { HandOffRef } from "#lib/on-call/hand-off-address";
import { OPENS_BEFORE, readSides } from "#lib/on-call/queries/hand-off";
import { publish } from "#lib/outbox";

/**
 * The acting person says that they have the shift that begins then. Saying it twice is once. Refused to everybody else, more than an hour
 * before, and when the shift is over.
 */
export async function acceptShift(ctx: Context, ref: HandOffRef): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  await inTransaction(ctx, async (scope) => {
    const { tx, now, actor } = scope;
    const schedule = await lockSchedule(tx, ref.scheduleId);
    const { incoming, until } = await readSides(tx, ref);
    if (actor.id === null || !incoming.includes(actor.id)) {
      throw new AppError("forbidden", "Only those whose shift begins then can accept it.");
    }
    if (ref.at.getTime() - OPENS_BEFORE > now.getTime()) {
      throw new AppError("invalid", "A shift can be accepted from an hour before it begins.");
    }
    if (until !== null && until <= now) throw new AppError("invalid", "That shift is over.");
    const [row] = await tx
      .insert(shiftAcceptances)
      .values({ scheduleId: ref.scheduleId, at: ref.at, userId: actor.id, acceptedAt: now })
      .onConflictDoNothing()
      .returning();
    if (!row) return;
    await audit(scope, {
      action: "accept",
      objectType: "shift",
      objectId: ref.scheduleId,
      objectName: schedule.name,
      after: { at: ref.at.toISOString() },
    });
    await publish(scope, {
      topic: "schedule.shift_accepted",
      entityType: "schedule",
      entityId: ref.scheduleId,
    });
  });
}
