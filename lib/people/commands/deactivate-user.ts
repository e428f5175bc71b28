import { and, eq, isNull, sql } from "drizzle-orm";
import { apiKeys } from "#db/schema/organisation";
import { users } from "#db/schema/people";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { publish } from "#lib/outbox";
import { lockUser, requireAnotherOwner, requireMayTouch } from "#lib/people/commands/lock-user";
import { loadObligations } from "#lib/people/queries/obligations";
import type { Obligations } from "#lib/people/queries/obligations";

/**
 * Ends a person's access at once: sessions and keys stop, and they are never on call or paged again. Their past stays. Answers
 * what they leave behind, which somebody should take over. The last owner can't go.
 */
export async function deactivateUser(ctx: Context, userId: string): Promise<Obligations> {
  requirePermission(ctx.actor, "people.manage");
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    await requireAnotherOwner(tx, userId);
    const user = await lockUser(tx, userId);
    requireMayTouch(ctx.actor, user.role);
    const obligations = await loadObligations(tx, userId, now);
    if (user.deactivatedAt) return obligations;
    await tx
      .update(users)
      .set({ deactivatedAt: now, updatedAt: now, sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(eq(users.id, userId));
    await tx
      .update(apiKeys)
      .set({ revokedAt: now })
      .where(and(eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt)));
    await audit(scope, { action: "deactivate", objectType: "user", objectId: userId, objectName: user.name });
    await publish(scope, { topic: "user.deactivated", entityType: "user", entityId: userId });
    return obligations;
  });
}
