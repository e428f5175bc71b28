import { and, eq, inArray, isNotNull, or } from "drizzle-orm";
import { deliveries, deliveryStates } from "#db/schema/notifications";
import { contactMethods } from "#db/schema/people";
import { inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { statesBefore } from "#lib/notifications/delivery";
import type { Channel } from "#lib/notifications/vocabulary";
import { publish } from "#lib/outbox";

/**
 * Records that a send reached its person: `delivered` when the device showed it, `acted` when they answered it. Either also proves the
 * contact method, but for a phone number: a carrier delivers to strangers as well. What went in the same message reached them as well. Says nothing when a delivery is further on already, or gone.
 */
export async function markDelivery(
  ctx: Context,
  input: { deliveryId: string; state: "delivered" | "acted"; detail: string },
): Promise<void> {
  await inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const reached = await tx
      .update(deliveries)
      .set({ state: input.state, endedAt: now, leasedBy: null, leasedUntil: null })
      .where(
        and(
          or(
            eq(deliveries.id, input.deliveryId),
            // The message is named by one of its deliveries, and each knows which.
            and(
              isNotNull(deliveries.bundleId),
              eq(
                deliveries.bundleId,
                tx
                  .select({ id: deliveries.bundleId })
                  .from(deliveries)
                  .where(eq(deliveries.id, input.deliveryId)),
              ),
              inArray(deliveries.state, ["sending", "accepted", "delivered"]),
            ),
          ),
          inArray(deliveries.state, statesBefore(input.state)),
        ),
      )
      .returning();
    const [first] = reached;
    if (!first) return;
    await tx
      .insert(deliveryStates)
      .values(
        reached.map(({ id }) => ({ deliveryId: id, state: input.state, at: now, detail: input.detail })),
      );
    if (first.contactMethodId !== null) {
      await tx
        .update(contactMethods)
        .set({
          lastDeliveredAt: now,
          lastError: null,
          ...(isProof(first.channel, input.state) ? { verifiedAt: now } : {}),
        })
        .where(and(eq(contactMethods.id, first.contactMethodId), eq(contactMethods.enabled, true)));
    }
    await publish(
      scope,
      ...reached.map(({ id: deliveryId, pageId, incidentId, userId, channel }) => ({
        topic: `delivery.${input.state}`,
        ...(incidentId === null
          ? { entityType: "page", entityId: pageId }
          : { entityType: "incident", entityId: incidentId }),
        data: { deliveryId, pageId, userId, channel },
      })),
    );
  });
}

function isProof(channel: Channel, state: "delivered" | "acted"): boolean {
  return state === "acted" || (channel !== "sms" && channel !== "phone");
}
