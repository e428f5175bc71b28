import { and, eq, sql } from "drizzle-orm";
import { contactMethods } from "#db/schema/people";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { encryptSecret } from "#lib/crypto/secret";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { keepDefaultLadder } from "#lib/notifications/commands/keep-default-ladder";
import { requireRoom } from "#lib/notifications/commands/add-contact-method";
import { takeOverAddress } from "#lib/notifications/commands/take-over-address";
import { CONTACT_SECRET } from "#lib/notifications/queries/ready-delivery";
import { savePushSubscriptionSchema } from "#lib/notifications/schemas";
import type { SavePushSubscriptionInput } from "#lib/notifications/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

/**
 * Makes the browser of the signed-in person a contact method, or renews it. It is verified by nature: only that browser has the keys.
 * A browser that somebody else had subscribed before changes hands, so that their pages don't show on a screen that is not theirs.
 */
export async function savePushSubscription(
  ctx: Context,
  input: SavePushSubscriptionInput,
): Promise<{ id: string }> {
  const { endpoint, keys, label } = parseInput(savePushSubscriptionSchema, input);
  const userId = ctx.actor.type === "user" ? ctx.actor.id : null;
  if (userId === null) throw new AppError("forbidden", "Only a person can subscribe their browser.");
  const secret = encryptSecret(JSON.stringify(keys), CONTACT_SECRET);
  return inTransaction(ctx, async (scope) => {
    // Two tabs may subscribe at once: one after the other.
    await scope.tx.execute(sql`select 1 from users where id = ${userId} for no key update`);
    const mine = and(eq(contactMethods.channel, "push"), eq(contactMethods.address, endpoint));
    await takeOverAddress(scope, { channel: "push", address: endpoint, userId });
    const [known] = await scope.tx
      .update(contactMethods)
      .set({ secret, label, enabled: true, verifiedAt: scope.now, lastError: null })
      .where(and(mine, eq(contactMethods.userId, userId)))
      .returning({ id: contactMethods.id });
    const id = known?.id ?? newId(scope.now.getTime());
    if (!known) {
      await requireRoom(scope, userId);
      await scope.tx.insert(contactMethods).values({
        id,
        userId,
        channel: "push",
        label,
        address: endpoint,
        secret,
        verifiedAt: scope.now,
        createdAt: scope.now,
      });
      await keepDefaultLadder(scope, { userId, addedId: id });
    }
    await audit(scope, {
      action: known ? "updated" : "added",
      objectType: "contact_method",
      objectId: id,
      objectName: label,
      after: { channel: "push" },
    });
    await publish(scope, { topic: "contact_method.added", entityType: "user", entityId: userId });
    return { id };
  });
}
