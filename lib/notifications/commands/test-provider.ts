import { sql } from "drizzle-orm";
import { deliveries, deliveryStates, pages } from "#db/schema/notifications";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import { maskAddress } from "#lib/notifications/address";
import { lockProvider } from "#lib/notifications/commands/lock-provider";
import { readPhoneNumber } from "#lib/notifications/commands/phone-number";
import { publish } from "#lib/outbox";

const USEFUL_MS = 5 * 60_000;

/**
 * Sends a test over one provider alone, switched on or not, by the very way a page goes, in the name of who asks. `to` is a phone number.
 * Follow it with `deliveryProgress`.
 */
export async function testProvider(
  ctx: Context,
  input: { providerId: string; to: string },
): Promise<{ pageId: string }> {
  const userId = ctx.actor.type === "user" ? ctx.actor.id : null;
  if (userId === null) throw new AppError("forbidden", "Only a person can be sent a test.");
  return inTransaction(ctx, async (scope) => {
    const { now, tx } = scope;
    const { id, name, channel } = await lockProvider(scope, input.providerId);
    if (channel !== "sms" && channel !== "phone") {
      throw new AppError("invalid", "Only providers of texts and calls are tested by a number.");
    }
    const address = readPhoneNumber(input.to).e164;
    const pageId = newId(now.getTime());
    const deliveryId = newId(now.getTime());
    const outcome = `${CHANNEL_NAMES[channel]} to ${maskAddress(channel, address)} by ${name}`;
    await tx.insert(pages).values({
      id: pageId,
      userId,
      step: 0,
      reason: "test",
      urgency: "high",
      state: "active",
      trace: [{ step: "test", outcome, because: `${ctx.actor.name} tests the provider.` }],
      createdAt: now,
    });
    await tx.insert(deliveries).values({
      id: deliveryId,
      pageId,
      userId,
      channel,
      address,
      channelProviderId: id,
      delayMinutes: 0,
      state: "queued",
      dueAt: now,
      expiresAt: new Date(now.getTime() + USEFUL_MS),
      createdAt: now,
    });
    await tx.insert(deliveryStates).values({ deliveryId, state: "queued", at: now });
    await tx.execute(sql`select pg_notify('touchline_engine', '')`);
    await audit(scope, { action: "tested", objectType: "channel_provider", objectId: id, objectName: name });
    await publish(scope, { topic: "delivery.queued", entityType: "page", entityId: pageId });
    return { pageId };
  });
}
