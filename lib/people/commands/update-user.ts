import { eq } from "drizzle-orm";
import { users } from "#db/schema/people";
import { changedFields } from "#lib/changed-fields";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations } from "#lib/database-errors";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import {
  lockUser,
  requireMayTouch,
  requireSelfOrManager,
  USER_CONSTRAINTS,
} from "#lib/people/commands/lock-user";
import { isSelf } from "#lib/people/permissions";
import { userUpdateSchema } from "#lib/people/schemas";
import type { UserUpdate } from "#lib/people/schemas";

/**
 * Changes the given parts of a profile. People change their own, except for the e-mail address: that is what single sign-on
 * knows them by.
 */
export async function updateUser(ctx: Context, input: UserUpdate): Promise<void> {
  const { userId, ...given } = parseInput(userUpdateSchema, input);
  requireSelfOrManager(ctx.actor, userId);
  await refuseViolations(USER_CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const user = await lockUser(scope.tx, userId);
      if (!isSelf(ctx.actor, userId)) requireMayTouch(ctx.actor, user.role);
      const { before, after, isChanged } = changedFields(user, given);
      if (!isChanged) return;
      if (after.email !== undefined) {
        requirePermission(ctx.actor, "people.manage");
        // Whoever has the address signs in as this person; a key that acts for an owner is no owner.
        requireMayTouch(ctx.actor, user.role);
      }
      await scope.tx
        .update(users)
        .set({ ...after, updatedAt: scope.now })
        .where(eq(users.id, userId));
      await audit(scope, {
        action: "update",
        objectType: "user",
        objectId: userId,
        objectName: given.name ?? user.name,
        before,
        after,
      });
      await publish(scope, { topic: "user.updated", entityType: "user", entityId: userId });
    }),
  );
}
