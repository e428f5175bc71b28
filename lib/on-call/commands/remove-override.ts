import { and, eq, isNull } from "drizzle-orm";
import { scheduleOverrides } from "#db/schema/schedules";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockSchedule } from "#lib/on-call/commands/lock-schedule";
import { undoCover } from "#lib/on-call/commands/undo-cover";
import { endOverride } from "#lib/on-call/override-edit";
import { publish } from "#lib/outbox";

/**
 * Takes an override away: a future one goes, a running one ends now, a finished one is history and stays. One that came of a cover
 * opens its request again; one of a swap takes the other side along.
 */
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
    const { kind } = endOverride(override, now);
    if (kind === "kept") return { kind };
    for (const it of [override, ...(await undoCover(scope, schedule, override))]) {
      await endOne(scope, it, schedule.name);
    }
    await publish(scope, { topic: "schedule.overridden", entityType: "schedule", entityId: schedule.id });
    return { kind };
  });
}

async function endOne(
  scope: TransactionContext,
  override: typeof scheduleOverrides.$inferSelect,
  scheduleName: string,
): Promise<void> {
  const end = endOverride(override, scope.now);
  if (end.kind === "kept") return;
  const change = end.kind === "removed" ? { removedAt: scope.now } : { endsAt: end.endsAt };
  await scope.tx.update(scheduleOverrides).set(change).where(eq(scheduleOverrides.id, override.id));
  await audit(scope, {
    action: "delete",
    objectType: "override",
    objectId: override.id,
    objectName: scheduleName,
    before: {
      scheduleId: override.scheduleId,
      userId: override.userId,
      startsAt: override.startsAt.toISOString(),
      endsAt: override.endsAt.toISOString(),
    },
  });
}
