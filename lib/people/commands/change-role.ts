import { eq } from "drizzle-orm";
import { users } from "#db/schema/people";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { handBackIncidents } from "#lib/incidents/commands/hand-back";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockUser, requireAnotherOwner, requireMayTouch } from "#lib/people/commands/lock-user";
import { mayBePaged } from "#lib/people/permissions";
import { roleChangeSchema } from "#lib/people/schemas";
import type { RoleChange } from "#lib/people/schemas";

/**
 * Gives a person another role in the organisation; it counts from their next request. Who may not respond any more gives their open
 * incidents back; answers how many. The last owner stays one.
 */
export async function changeRole(ctx: Context, input: RoleChange): Promise<{ handedBack: number }> {
  requirePermission(ctx.actor, "people.manage");
  const { userId, role } = parseInput(roleChangeSchema, input);
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    if (role !== "owner") await requireAnotherOwner(tx, userId);
    const user = await lockUser(tx, userId);
    requireMayTouch(ctx.actor, user.role, role);
    if (user.role === role) return { handedBack: 0 };
    await tx.update(users).set({ role, updatedAt: now }).where(eq(users.id, userId));
    const handedBack = mayBePaged({ role, deactivatedAt: null })
      ? 0
      : await handBackIncidents(scope, { userId }, `${user.name} became ${role}`);
    await audit(scope, {
      action: "change_role",
      objectType: "user",
      objectId: userId,
      objectName: user.name,
      before: { role: user.role },
      after: { role },
    });
    await publish(scope, { topic: "user.updated", entityType: "user", entityId: userId });
    return { handedBack };
  });
}
