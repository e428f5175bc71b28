import { eq } from "drizzle-orm";
import { users } from "#db/schema/people";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockUser, requireAnotherOwner, requireMayTouch } from "#lib/people/commands/lock-user";
import { roleChangeSchema } from "#lib/people/schemas";
import type { RoleChange } from "#lib/people/schemas";

/** Gives a person another role in the organisation; it counts from their next request. The last owner stays one. */
export async function changeRole(ctx: Context, input: RoleChange): Promise<void> {
  requirePermission(ctx.actor, "people.manage");
  const { userId, role } = parseInput(roleChangeSchema, input);
  await inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    if (role !== "owner") await requireAnotherOwner(tx, userId);
    const user = await lockUser(tx, userId);
    requireMayTouch(ctx.actor, user.role, role);
    if (user.role === role) return;
    await tx.update(users).set({ role, updatedAt: now }).where(eq(users.id, userId));
    await audit(scope, {
      action: "change_role",
      objectType: "user",
      objectId: userId,
      objectName: user.name,
      before: { role: user.role },
      after: { role },
    });
    await publish(scope, { topic: "user.updated", entityType: "user", entityId: userId });
  });
}
