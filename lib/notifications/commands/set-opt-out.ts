import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { contactMethods } from "#db/schema/people";
import { audit, inTransaction, SYSTEM } from "#lib/context";
import type { Database } from "#db/connect";
import { publish } from "#lib/outbox";

const STOPPED = "Stopped by the answer STOP. Text START to the same number to get messages again.";

/**
 * STOP switches off every contact method for texts to this number, START those that STOP switched off. Answers how many. What waits to be
 * sent there fails when its time comes, and the person's next rule goes at once.
 */
export async function setOptOut(db: Database, input: { address: string; optOut: boolean }): Promise<number> {
  const { address, optOut } = input;
  return inTransaction({ db, actor: { ...SYSTEM, channel: "sms" } }, async (scope) => {
    const changed = await scope.tx
      .update(contactMethods)
      .set(
        optOut
          ? { enabled: false, optedOutAt: scope.now, lastError: STOPPED }
          : { enabled: true, optedOutAt: null, lastError: null },
      )
      .where(
        and(
          eq(contactMethods.channel, "sms"),
          eq(contactMethods.address, address),
          optOut ? isNull(contactMethods.optedOutAt) : isNotNull(contactMethods.optedOutAt),
        ),
      )
      .returning({ id: contactMethods.id, userId: contactMethods.userId, label: contactMethods.label });
    await audit(
      scope,
      ...changed.map(({ id, label }) => ({
        action: optOut ? "stopped" : "resumed",
        objectType: "contact_method",
        objectId: id,
        objectName: label,
      })),
    );
    await publish(
      scope,
      ...changed.map(({ userId }) => ({
        topic: "contact_method.updated",
        entityType: "user",
        entityId: userId,
      })),
    );
    return changed.length;
  });
}
