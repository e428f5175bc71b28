import { and, asc, eq, ne } from "drizzle-orm";
import { contactMethods } from "#db/schema/people";
import { audit } from "#lib/context";
import type { TransactionContext } from "#lib/context";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import { dropMethod, lockWaitingPages } from "#lib/notifications/commands/drop-method";
import { sendNotices } from "#lib/notifications/commands/send-notices";
import { publish } from "#lib/outbox";

/**
 * Takes an address that is one person's at a time, a browser or a private chat, from whoever had it, and tells them by the ways that are left:
 * it may be how they were woken. What waited for it ends, and their next way is tried.
 */
export async function takeOverAddress(
  scope: TransactionContext,
  { channel, address, userId }: { channel: "push" | "telegram"; address: string; userId: string },
): Promise<void> {
  const others = await scope.tx
    .select({ id: contactMethods.id, userId: contactMethods.userId, label: contactMethods.label })
    .from(contactMethods)
    .where(
      and(
        eq(contactMethods.channel, channel),
        eq(contactMethods.address, address),
        ne(contactMethods.userId, userId),
      ),
    )
    .orderBy(asc(contactMethods.id));
  for (const { id, userId: formerId, label } of others) {
    const pages = await lockWaitingPages(scope, id);
    await dropMethod(scope, { id, because: "It is another person's now." }, pages);
    await audit(scope, {
      action: "removed",
      objectType: "contact_method",
      objectId: id,
      objectName: label,
      before: { userId: formerId, channel },
      after: { takenOverBy: userId },
    });
    await publish(scope, { topic: "contact_method.removed", entityType: "user", entityId: formerId });
    await sendNotices(scope, [
      {
        userId: formerId,
        reason: "digest",
        key: `taken-over ${id}`,
        says: {
          title: `${CHANNEL_NAMES[channel]} to ${label} doesn't reach you any more`,
          lines: [
            "Somebody else gets their pages there since a moment ago. If that was not meant, add it to your contact methods again.",
          ],
          path: "/me/notifications",
        },
      },
    ]);
  }
}
