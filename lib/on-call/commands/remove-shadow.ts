import { and, eq } from "drizzle-orm";
import { scheduleShadows } from "#db/schema/covers";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockSchedule } from "#lib/on-call/commands/lock-schedule";
import { publish } from "#lib/outbox";
import { isSelf } from "#lib/people/permissions";

/** Somebody follows no longer: the shadow themselves, or those who may configure, end it. */
export async function removeShadow(
  ctx: Context,
  { scheduleId, shadowId }: { scheduleId: string; shadowId: string },
): Promise<void> {
  await inTransaction(ctx, async (scope) => {
    const { tx } = scope;
    const schedule = await lockSchedule(tx, scheduleId);
    const which = and(eq(scheduleShadows.id, shadowId), eq(scheduleShadows.scheduleId, scheduleId));
    const [shadow] = await tx.select().from(scheduleShadows).where(which);
    if (!shadow) throw new AppError("not_found", "There is no such shadow.");
    requirePermission(ctx.actor, isSelf(ctx.actor, shadow.userId) ? "read" : "configure");
    await tx.delete(scheduleShadows).where(which);
    await audit(scope, {
      action: "delete",
      objectType: "shadow",
      objectId: shadowId,
      objectName: schedule.name,
      before: { scheduleId, userId: shadow.userId, followsUserId: shadow.followsUserId },
    });
    await publish(scope, { topic: "schedule.shadowed", entityType: "schedule", entityId: scheduleId });
  });
}
