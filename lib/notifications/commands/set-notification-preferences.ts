import { eq } from "drizzle-orm";
import { users } from "#db/schema/people";
import { changedFields } from "#lib/changed-fields";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { notificationPreferencesSchema } from "#lib/notifications/schemas";
import type { NotificationPreferencesInput } from "#lib/notifications/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { requireSelfOrManager } from "#lib/people/commands/lock-user";

/** Sets when what can wait may be sent to a person, and whether they are tested every week. What is left out stays. */
export async function setNotificationPreferences(
  ctx: Context,
  input: NotificationPreferencesInput,
): Promise<void> {
  const { userId, ...given } = parseInput(notificationPreferencesSchema, input);
  requireSelfOrManager(ctx.actor, userId);
  await inTransaction(ctx, async (scope) => {
    const [user] = await scope.tx
      .select({ name: users.name, lowUrgencyHours: users.lowUrgencyHours, selfTest: users.selfTest })
      .from(users)
      .where(eq(users.id, userId))
      .for("no key update");
    if (!user) throw new AppError("not_found", "There is no such person.");
    const { before, after, isChanged } = changedFields(user, given);
    if (!isChanged) return;
    await scope.tx
      .update(users)
      .set({ ...after, updatedAt: scope.now })
      .where(eq(users.id, userId));
    await audit(scope, {
      action: "updated",
      objectType: "notification_preferences",
      objectId: userId,
      objectName: user.name,
      before,
      after,
    });
    await publish(scope, { topic: "notification_rules.updated", entityType: "user", entityId: userId });
  });
}
