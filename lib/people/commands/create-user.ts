import { contactMethods, notificationRules, users } from "#db/schema/people";
import { hashPassword } from "#lib/auth/password";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations } from "#lib/database-errors";
import { newId } from "#lib/ids";
import { URGENCIES } from "#lib/incidents/vocabulary";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { requireMayTouch, USER_CONSTRAINTS } from "#lib/people/commands/lock-user";
import { userInputSchema } from "#lib/people/schemas";
import type { UserInput } from "#lib/people/schemas";

/** Adds a person, whom e-mail reaches at once from the beginning, also of changes and shifts: nobody is ever on call without a way to be told. */
export async function createUser(ctx: Context, input: UserInput): Promise<{ id: string }> {
  requirePermission(ctx.actor, "people.manage");
  const { password, ...user } = parseInput(userInputSchema, input);
  requireMayTouch(ctx.actor, user.role);
  const passwordHash = password === undefined ? null : await hashPassword(password);
  return refuseViolations(USER_CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const { tx, now } = scope;
      const id = newId(now.getTime());
      const contactMethodId = newId();
      await tx.insert(users).values({ ...user, id, passwordHash, createdAt: now, updatedAt: now });
      await tx.insert(contactMethods).values({
        id: contactMethodId,
        userId: id,
        channel: "email",
        label: "Default",
        address: user.email,
        createdAt: now,
      });
      const rule = { userId: id, contactMethodId, delayMinutes: 0, createdAt: now };
      await tx
        .insert(notificationRules)
        .values([
          ...URGENCIES.map((urgency) => ({ id: newId(), ...rule, urgency })),
          { id: newId(), ...rule, kind: "changed" },
          { id: newId(), ...rule, kind: "handoff", handoffType: "both", advanceMinutes: 0 },
        ]);
      await audit(scope, {
        action: "create",
        objectType: "user",
        objectId: id,
        objectName: user.name,
        after: user,
      });
      await publish(scope, { topic: "user.created", entityType: "user", entityId: id });
      return { id };
    }),
  );
}
