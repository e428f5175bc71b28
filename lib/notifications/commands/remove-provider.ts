import { eq } from "drizzle-orm";
import { channelProviders } from "#db/schema/channel-providers";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { lockProvider } from "#lib/notifications/commands/lock-provider";
import { publish } from "#lib/outbox";

/** Removes a provider with its secrets. Replies to what it sent are not understood any more. */
export async function removeProvider(ctx: Context, input: { providerId: string }): Promise<void> {
  await inTransaction(ctx, async (scope) => {
    const { id, name, channel, kind, settings } = await lockProvider(scope, input.providerId);
    await scope.tx.delete(channelProviders).where(eq(channelProviders.id, id));
    await audit(scope, {
      action: "deleted",
      objectType: "channel_provider",
      objectId: id,
      objectName: name,
      before: { channel, kind, settings },
    });
    await publish(scope, {
      topic: "channel_provider.deleted",
      entityType: "channel_provider",
      entityId: id,
    });
  });
}
