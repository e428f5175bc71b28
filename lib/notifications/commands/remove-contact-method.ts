import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { maskAddress } from "#lib/notifications/address";
import { dropMethod, lockWaitingPages } from "#lib/notifications/commands/drop-method";
import { lockContactMethod } from "#lib/notifications/commands/lock-contact-method";
import { publish } from "#lib/outbox";

/** Removes a contact method with the rules that use it, and ends the sends that wait for it. */
export async function removeContactMethod(ctx: Context, input: { contactMethodId: string }): Promise<void> {
  await inTransaction(ctx, async (scope) => {
    const pages = await lockWaitingPages(scope, input.contactMethodId);
    const method = await lockContactMethod(scope, input.contactMethodId);
    await dropMethod(scope, { id: method.id, because: "The contact method was removed." }, pages);
    await audit(scope, {
      action: "removed",
      objectType: "contact_method",
      objectId: method.id,
      objectName: method.label,
      before: {
        userId: method.userId,
        channel: method.channel,
        address: maskAddress(method.channel, method.address),
      },
    });
    await publish(scope, { topic: "contact_method.removed", entityType: "user", entityId: method.userId });
  });
}
