import { eq, sql } from "drizzle-orm";
import { users } from "#db/schema/people";
import { hashPassword, verifyPassword } from "#lib/auth/password";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockUser, requireMayTouch, requireSelfOrManager } from "#lib/people/commands/lock-user";
import { isSelf } from "#lib/people/permissions";
import { passwordChangeSchema } from "#lib/people/schemas";
import type { PasswordChange } from "#lib/people/schemas";

/** Sets a password and ends every session of the person. Those who change their own prove that they know the old one. */
export async function setPassword(ctx: Context, input: PasswordChange): Promise<void> {
  const { userId, password, currentPassword } = parseInput(passwordChangeSchema, input);
  requireSelfOrManager(ctx.actor, userId);
  const passwordHash = await hashPassword(password);
  await inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const user = await lockUser(tx, userId);
    if (isSelf(ctx.actor, userId)) await requireCurrent(user.passwordHash, currentPassword);
    else requireMayTouch(ctx.actor, user.role);
    await tx
      .update(users)
      .set({ passwordHash, sessionVersion: sql`${users.sessionVersion} + 1`, updatedAt: now })
      .where(eq(users.id, userId));
    await audit(scope, {
      action: "set_password",
      objectType: "user",
      objectId: userId,
      objectName: user.name,
    });
    await publish(scope, { topic: "user.updated", entityType: "user", entityId: userId });
  });
}

async function requireCurrent(stored: string | null, given: string | undefined): Promise<void> {
  if (stored === null || (await verifyPassword(stored, given ?? ""))) return;
  const message = "is not your current password";
  throw new AppError("invalid", `That ${message}.`, { fields: [{ field: "currentPassword", message }] });
}
