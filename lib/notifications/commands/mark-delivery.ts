import { and, eq, inArray } from "drizzle-orm";
import { deliveries, deliveryStates } from "#db/schema/notifications";
import { contactMethods } from "#db/schema/people";
import { inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { statesBefore } from "#lib/notifications/delivery";
import { publish } from "#lib/outbox";

/**
 * Records that a send reached its person: `delivered` when the device showed it, `acted` when they answered it. Either also proves the
 * contact method. Says nothing when the delivery is further on already, or gone.
 */
export async function markDelivery(
  ctx: Context,
  input: { deliveryId: string; state: "delivered" | "acted"; detail: string },
): Promise<void> {
  await inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const [delivery] = await tx
      .update(deliveries)
      .set({ state: input.state, endedAt: now, leasedBy: null, leasedUntil: null })
      .where(and(eq(deliveries.id, input.deliveryId), inArray(deliveries.state, statesBefore(input.state))))
      .returning();
    if (!delivery) return;
    const { id: deliveryId, pageId, incidentId, userId, channel, contactMethodId } = delivery;
    await tx.insert(deliveryStates).values({ deliveryId, state: input.state, at: now, detail: input.detail });
    if (contactMethodId !== null) {
      await tx
        .update(contactMethods)
        .set({ lastDeliveredAt: now, verifiedAt: now, lastError: null })
        .where(and(eq(contactMethods.id, contactMethodId), eq(contactMethods.enabled, true)));
    }
    await publish(scope, {
      topic: `delivery.${input.state}`,
      ...(incidentId === null
        ? { entityType: "page", entityId: pageId }
        : { entityType: "incident", entityId: incidentId }),
      data: { deliveryId, pageId, userId, channel },
    });
  });
}
