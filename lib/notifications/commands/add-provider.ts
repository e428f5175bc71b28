import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { channelProviders } from "#db/schema/channel-providers";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { encryptSecret } from "#lib/crypto/secret";
import { refuseViolations, TAKEN } from "#lib/database-errors";
import { lineField } from "#lib/field-schemas";
import { newId } from "#lib/ids";
import { checkProvider } from "#lib/notifications/commands/check-provider";
import { PROVIDER_KINDS } from "#lib/notifications/provider";
import { PROVIDER_SECRET } from "#lib/notifications/queries/providers";
import { CHANNELS } from "#lib/notifications/vocabulary";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

export const addProviderSchema = z.object({
  kind: z.enum(PROVIDER_KINDS),
  channels: z.array(z.enum(CHANNELS)).min(1, "must be chosen").max(CHANNELS.length),
  name: lineField(100),
  settings: z.record(z.string(), z.unknown()),
  secret: z.record(z.string(), z.unknown()),
});
export type AddProviderInput = z.input<typeof addProviderSchema>;

export const PROVIDER_KEYS = { channel_providers_name_key: { field: "name", message: TAKEN } };

/** Sets up a provider for one or more channels, as the last that is asked. From then on pages can go out over them. */
export async function addProvider(ctx: Context, input: AddProviderInput): Promise<{ ids: string[] }> {
  requirePermission(ctx.actor, "organisation.manage");
  const { kind, channels, name, ...given } = parseInput(addProviderSchema, input);
  const { settings, secret } = checkProvider(kind, channels, given);
  return refuseViolations(PROVIDER_KEYS, () =>
    inTransaction(ctx, async (scope) => {
      const ids: string[] = [];
      for (const channel of new Set(channels)) {
        const id = newId(scope.now.getTime());
        await scope.tx.insert(channelProviders).values({
          id,
          channel,
          kind,
          name,
          settings,
          secret: encryptSecret(JSON.stringify(secret), PROVIDER_SECRET),
          position: sql`(select coalesce(max(${channelProviders.position}), 0) + 1 from ${channelProviders} where ${eq(channelProviders.channel, channel)})`,
          createdAt: scope.now,
          updatedAt: scope.now,
        });
        await audit(scope, {
          action: "created",
          objectType: "channel_provider",
          objectId: id,
          objectName: name,
          after: { channel, kind, settings },
        });
        await publish(scope, {
          topic: "channel_provider.created",
          entityType: "channel_provider",
          entityId: id,
        });
        ids.push(id);
      }
      return { ids };
    }),
  );
}
