import { eq } from "drizzle-orm";
import { schedules } from "#db/schema/schedules";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockSchedule } from "#lib/on-call/commands/lock-schedule";
import { loadUsingPolicies } from "#lib/on-call/queries/schedules";
import { publish } from "#lib/outbox";

/**
 * Takes a schedule out of use. Refused while live policies use it; open incidents never stand in the way: what they kept of their
 * policy still resolves it.
 */
export async function deleteSchedule(ctx: Context, scheduleId: string): Promise<void> {
  requirePermission(ctx.actor, "configure");
  await inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const schedule = await lockSchedule(tx, scheduleId);
    const policies = await loadUsingPolicies(tx, [scheduleId]);
    if (policies.size > 0) {
      // Clients of the public API wait for exactly this sentence.
      throw new AppError("invalid", "Schedule can't be deleted if it's being used by escalation policies", {
        fields: (policies.get(scheduleId) ?? []).map(({ policy }) => ({
          field: "policies",
          message: policy.name,
        })),
        wireCode: 3001,
      });
    }
    await tx.update(schedules).set({ deletedAt: now, updatedAt: now }).where(eq(schedules.id, scheduleId));
    await audit(scope, {
      action: "delete",
      objectType: "schedule",
      objectId: scheduleId,
      objectName: schedule.name,
    });
    await publish(scope, { topic: "schedule.deleted", entityType: "schedule", entityId: scheduleId });
  });
}
