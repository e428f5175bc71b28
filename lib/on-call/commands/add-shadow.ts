import { inArray } from "drizzle-orm";
import { scheduleShadows } from "#db/schema/covers";
import { users } from "#db/schema/people";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { lockSchedule } from "#lib/on-call/commands/lock-schedule";
import { shadowSchema } from "#lib/on-call/schemas";
import type { ShadowInput } from "#lib/on-call/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { isSelf } from "#lib/people/permissions";

/** Lets somebody follow shifts of a schedule for a while: oneself, or anybody for those who may configure. It puts nobody on call. */
export async function addShadow(ctx: Context, input: ShadowInput): Promise<{ id: string }> {
  const { scheduleId, ...shadow } = parseInput(shadowSchema, input);
  requirePermission(ctx.actor, isSelf(ctx.actor, shadow.userId) ? "read" : "configure");
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const schedule = await lockSchedule(tx, scheduleId);
    if (shadow.endsAt <= now) throw invalid("endsAt", "It must end in the future.");
    const named = [shadow.userId, shadow.followsUserId ?? shadow.userId];
    const known = await tx
      .select({ id: users.id, name: users.name, deactivatedAt: users.deactivatedAt })
      .from(users)
      .where(inArray(users.id, named));
    const active = new Map(
      known.filter(({ deactivatedAt }) => deactivatedAt === null).map(({ id, name }) => [id, name]),
    );
    for (const field of ["userId", "followsUserId"] as const) {
      const userId = shadow[field];
      if (userId !== null && !active.has(userId)) throw invalid(field, "There is no such active person.");
    }
    const id = newId(now.getTime());
    const createdBy = ctx.actor.type === "user" ? ctx.actor.id : null;
    await tx.insert(scheduleShadows).values({ id, scheduleId, ...shadow, createdBy, createdAt: now });
    await audit(scope, {
      action: "create",
      objectType: "shadow",
      objectId: id,
      objectName: `${active.get(shadow.userId) ?? shadow.userId} in ${schedule.name}`,
      after: { scheduleId, ...shadow },
    });
    await publish(scope, { topic: "schedule.shadowed", entityType: "schedule", entityId: scheduleId });
    return { id };
  });
}

function invalid(field: string, message: string): AppError {
  return new AppError("invalid", message, { fields: [{ field, message }] });
}
