import { and, eq, isNull } from "drizzle-orm";
import { scheduleOverrides } from "#db/schema/schedules";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockSchedule } from "#lib/on-call/commands/lock-schedule";
import { endOverride } from "#lib/on-call/override-edit";
import { publish } from "#lib/outbox";

/** Takes an override away: a future one goes, a running one ends now, a finished one is history and stays. */
export async function removeOverride(
  ctx: Context,
  input: { scheduleId: string; overrideId: string },
): Promise<{ kind: "removed" | "shortened" | "kept" }> {
  requirePermission(ctx.actor, "incident.respond");
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const schedule = await lockSchedule(tx, input.scheduleId);
    const which = and(
      eq(scheduleOverrides.id, input.overrideId),
      eq(scheduleOverrides.scheduleId, schedule.id),
      isNull(scheduleOverrides.removedAt),
    );
    const [override] = await tx.select().from(scheduleOverrides).where(which);
    if (!override) throw new AppError("not_found", "There is no such override.", { wireCode: 4004 });
    const end = endOverride(override, now);
    if (end.kind === "kept") return { kind: end.kind };
    const change = end.kind === "removed" ? { removedAt: now } : { endsAt: end.endsAt };
    await tx.update(scheduleOverrides).set(change).where(which);
    await audit(scope, {
      action: "delete",
      objectType: "override",
      objectId: override.id,
      objectName: schedule.name,
      before: {
        scheduleId: schedule.id,
        userId: override.userId,
        startsAt: override.startsAt.toISOString(),
        endsAt: override.endsAt.toISOString(),
      },
    });
    await publish(scope, { topic: "schedule.overridden", entityType: "schedule", entityId: schedule.id });
    return { kind: end.kind };
  });
}
