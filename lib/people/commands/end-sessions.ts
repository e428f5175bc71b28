import { eq, sql } from "drizzle-orm";
import { users } from "#db/schema/people";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { publish } from "#lib/outbox";
import { lockUser, requireMayTouch, requireSelfOrManager } from "#lib/people/commands/lock-user";
import { isSelf } from "#lib/people/permissions";

/** Signs a person out everywhere, this browser included: for a lost phone or a stolen session. */
export async function endSessions(ctx: Context, userId: string): Promise<void> {
  requireSelfOrManager(ctx.actor, userId);
  await inTransaction(ctx, async (scope) => {
    const user = await lockUser(scope.tx, userId);
    if (!isSelf(ctx.actor, userId)) requireMayTouch(ctx.actor, user.role);
    await scope.tx
      .update(users)
      .set({ sessionVersion: sql`${users.sessionVersion} + 1`, updatedAt: scope.now })
      .where(eq(users.id, userId));
    await audit(scope, {
      action: "end_sessions",
      objectType: "user",
      objectId: userId,
      objectName: user.name,
    });
    await publish(scope, { topic: "user.updated", entityType: "user", entityId: userId });
  });
}
