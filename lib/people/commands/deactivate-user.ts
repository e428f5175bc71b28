import { and, eq, isNull, sql } from "drizzle-orm";
import { apiKeys } from "#db/schema/organisation";
import { users } from "#db/schema/people";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { handBackIncidents } from "#lib/incidents/commands/hand-back";
import { publish } from "#lib/outbox";
import { lockUser, requireAnotherOwner, requireMayTouch } from "#lib/people/commands/lock-user";
import { loadObligations } from "#lib/people/queries/obligations";
import type { Obligations } from "#lib/people/queries/obligations";

/** What somebody leaves behind, and how many of their open incidents went to others. */
export type Departure = Obligations & { handedBack: number };

/**
 * Ends a person's access at once: sessions and keys stop, they are never on call or paged again, and open incidents that nobody else
 * has go to whoever is on call now. Their past stays. Answers what they leave behind, which somebody should take over. The last
 * owner can't go.
 */
export async function deactivateUser(ctx: Context, userId: string): Promise<Departure> {
  requirePermission(ctx.actor, "people.manage");
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    await requireAnotherOwner(tx, userId);
    const user = await lockUser(tx, userId);
    requireMayTouch(ctx.actor, user.role);
    const obligations = await loadObligations(tx, userId, now);
    if (user.deactivatedAt) return { ...obligations, handedBack: 0 };
    await tx
      .update(users)
      .set({ deactivatedAt: now, updatedAt: now, sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(eq(users.id, userId));
    await tx
      .update(apiKeys)
      .set({ revokedAt: now })
      .where(and(eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt)));
    const handedBack = await handBackIncidents(scope, { userId }, `${user.name} was deactivated`);
    await audit(scope, { action: "deactivate", objectType: "user", objectId: userId, objectName: user.name });
    await publish(scope, { topic: "user.deactivated", entityType: "user", entityId: userId });
    return { ...obligations, handedBack };
  });
}
