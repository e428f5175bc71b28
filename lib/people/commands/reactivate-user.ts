import { eq } from "drizzle-orm";
import { users } from "#db/schema/people";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { publish } from "#lib/outbox";
import { lockUser, requireMayTouch } from "#lib/people/commands/lock-user";

/** Lets a deactivated person in again: schedules and policies that still name them count at once; their keys stay revoked. */
export async function reactivateUser(ctx: Context, userId: string): Promise<void> {
  requirePermission(ctx.actor, "people.manage");
  await inTransaction(ctx, async (scope) => {
    const user = await lockUser(scope.tx, userId);
    requireMayTouch(ctx.actor, user.role);
    if (!user.deactivatedAt) return;
    await scope.tx
      .update(users)
      .set({ deactivatedAt: null, updatedAt: scope.now })
      .where(eq(users.id, userId));
    await audit(scope, { action: "reactivate", objectType: "user", objectId: userId, objectName: user.name });
    await publish(scope, { topic: "user.reactivated", entityType: "user", entityId: userId });
  });
}
