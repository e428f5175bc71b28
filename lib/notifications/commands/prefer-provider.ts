import { asc, eq, sql } from "drizzle-orm";
import { channelProviders } from "#db/schema/channel-providers";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { lockProvider } from "#lib/notifications/commands/lock-provider";
import { publish } from "#lib/outbox";

/** Moves a provider one place up: it is asked before the one that was above it. The first stays first. */
export async function preferProvider(ctx: Context, input: { providerId: string }): Promise<void> {
  await inTransaction(ctx, async (scope) => {
    const { tx } = scope;
    const { channel, name } = await lockProvider(scope, input.providerId);
    const all = await tx
      .select({ id: channelProviders.id })
      .from(channelProviders)
      .where(eq(channelProviders.channel, channel))
      .orderBy(asc(channelProviders.position), asc(channelProviders.id))
      .for("update");
    const ids = all.map(({ id }) => id);
    const at = ids.indexOf(input.providerId);
    if (at < 1) return;
    const order = ids.with(at, ids[at - 1] ?? "").with(at - 1, input.providerId);
    await tx.execute(sql`
      update channel_providers p set position = o.position
      from unnest(${sql.param(order)}::text[]) with ordinality as o (id, position) where p.id = o.id`);
    await audit(scope, {
      action: "preferred",
      objectType: "channel_provider",
      objectId: input.providerId,
      objectName: name,
    });
    await publish(scope, {
      topic: "channel_provider.updated",
      entityType: "channel_provider",
      entityId: input.providerId,
    });
  });
}
