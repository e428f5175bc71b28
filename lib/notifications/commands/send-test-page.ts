import { and, eq, inArray, sql } from "drizzle-orm";
import { deliveries, deliveryStates, pages } from "#db/schema/notifications";
import { audit, inTransaction } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import { lockContactMethod } from "#lib/notifications/commands/lock-contact-method";
import { readAvailableChannels } from "#lib/notifications/queries/available-channels";
import { maskAddress } from "#lib/notifications/address";
import { publish } from "#lib/outbox";

const USEFUL_MS = 5 * 60_000;

/** Sends a test over one contact method, at once, by the very way a page goes. Follow it with `deliveryProgress`. */
export async function sendTestPage(
  ctx: Context,
  input: { contactMethodId: string },
): Promise<{ pageId: string; deliveryId: string }> {
  return inTransaction(ctx, async (scope) => {
    const method = await lockContactMethod(scope, input.contactMethodId);
    if (!(await readAvailableChannels(scope.tx)).has(method.channel)) {
      throw new AppError("invalid", `No provider for ${CHANNEL_NAMES[method.channel]} is configured.`);
    }
    if (!method.enabled)
      throw new AppError("invalid", "This contact method is switched off; switch it on first.");
    await refuseSecond(scope, method.id);
    const { now, tx } = scope;
    const pageId = newId(now.getTime());
    const deliveryId = newId(now.getTime());
    const to = maskAddress(method.channel, method.address);
    const { userId, channel, address } = method;
    await tx.insert(pages).values({
      id: pageId,
      userId,
      step: 0,
      reason: "test",
      urgency: "high",
      state: "active",
      trace: [
        {
          step: "test",
          outcome: `${CHANNEL_NAMES[channel]} to ${to}`,
          because: `${ctx.actor.name} asked for it.`,
        },
      ],
      createdAt: now,
    });
    await tx.insert(deliveries).values({
      id: deliveryId,
      pageId,
      userId,
      contactMethodId: method.id,
      channel,
      address,
      delayMinutes: 0,
      state: "queued",
      dueAt: now,
      expiresAt: new Date(now.getTime() + USEFUL_MS),
      createdAt: now,
    });
    await tx.insert(deliveryStates).values({ deliveryId, state: "queued", at: now });
    await tx.execute(sql`select pg_notify('touchline_engine', '')`);
    await audit(scope, {
      action: "tested",
      objectType: "contact_method",
      objectId: method.id,
      objectName: method.label,
    });
    await publish(scope, { topic: "delivery.queued", entityType: "page", entityId: pageId });
    return { pageId, deliveryId };
  });
}

async function refuseSecond({ tx }: TransactionContext, contactMethodId: string): Promise<void> {
  const [underWay] = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .innerJoin(pages, and(eq(pages.id, deliveries.pageId), eq(pages.reason, "test")))
    .where(
      and(
        eq(deliveries.contactMethodId, contactMethodId),
        inArray(deliveries.state, ["queued", "sending", "retrying"]),
      ),
    )
    .limit(1);
  if (underWay)
    throw new AppError("conflict", "A test of this contact method is under way; wait for its result.");
}
