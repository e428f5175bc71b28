import { eq } from "drizzle-orm";
import { contactMethods } from "#db/schema/people";
import { audit, inTransaction } from "#lib/context";
import type { Actor, Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockContactMethod } from "#lib/notifications/commands/lock-contact-method";
import { updateContactMethodSchema } from "#lib/notifications/schemas";
import type { UpdateContactMethodInput } from "#lib/notifications/schemas";
import { publish } from "#lib/outbox";
import { hasPermission } from "#lib/people/permissions";
import { parseInput } from "#lib/parse-input";

/** Renames a contact method, or switches it off or on again. What is already on its way by it fails, and the next step goes at once. */
export async function updateContactMethod(ctx: Context, input: UpdateContactMethodInput): Promise<void> {
  const { contactMethodId, ...asked } = parseInput(updateContactMethodSchema, input);
  await inTransaction(ctx, async (scope) => {
    const before = await lockContactMethod(scope, contactMethodId);
    if (asked.enabled && !before.enabled) requireSendable(ctx.actor, before);
    const after = { label: asked.label ?? before.label, enabled: asked.enabled ?? before.enabled };
    await scope.tx
      .update(contactMethods)
      .set({ ...after, lastError: after.enabled && !before.enabled ? null : before.lastError })
      .where(eq(contactMethods.id, contactMethodId));
    await audit(scope, {
      action: "updated",
      objectType: "contact_method",
      objectId: contactMethodId,
      objectName: after.label,
      before: { label: before.label, enabled: before.enabled },
      after,
    });
    await publish(scope, { topic: "contact_method.updated", entityType: "user", entityId: before.userId });
  });
}

type Method = Awaited<ReturnType<typeof lockContactMethod>>;

/** A number that answered STOP must answer START itself; one's own number must have been confirmed. */
function requireSendable(actor: Actor, { channel, optedOutAt, verifiedAt }: Method): void {
  if (optedOutAt !== null) {
    throw new AppError("conflict", "This number answered STOP. Text START to Touchline's number from it.");
  }
  const isPhone = channel === "sms" || channel === "phone";
  if (isPhone && verifiedAt === null && !hasPermission(actor.role, "people.manage")) {
    throw new AppError("conflict", "This number is not confirmed yet: enter the code that was sent to it.");
  }
}
