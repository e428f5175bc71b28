import { eq } from "drizzle-orm";
import { z } from "zod";
import { channelProviders } from "#db/schema/channel-providers";
import { audit, inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { decryptSecret, encryptSecret } from "#lib/crypto/secret";
import { refuseViolations } from "#lib/database-errors";
import { AppError } from "#lib/errors";
import { idField, lineField } from "#lib/field-schemas";
import { PROVIDER_KEYS } from "#lib/notifications/commands/add-provider";
import { checkProvider } from "#lib/notifications/commands/check-provider";
import { lockProvider } from "#lib/notifications/commands/lock-provider";
import { PROVIDER_SECRET } from "#lib/notifications/queries/providers";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

export const updateProviderSchema = z.object({
  providerId: idField,
  name: lineField(100).optional(),
  enabled: z.boolean().optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  /** Only those that change: what is left out or empty stays as it is. */
  secret: z.record(z.string(), z.unknown()).optional(),
});
export type UpdateProviderInput = z.input<typeof updateProviderSchema>;

/** Changes a provider's name, settings or secrets, or switches it off or on. Its record of failures begins anew. */
export async function updateProvider(ctx: Context, input: UpdateProviderInput): Promise<void> {
  const { providerId, name, enabled, ...asked } = parseInput(updateProviderSchema, input);
  await refuseViolations(PROVIDER_KEYS, () =>
    inTransaction(ctx, async (scope) => {
      const before = await lockProvider(scope, providerId);
      const given = Object.entries(asked.secret ?? {}).filter(
        ([, value]) => value !== "" && value !== undefined,
      );
      const isConfigured = asked.settings !== undefined || given.length > 0;
      const stored = isConfigured
        ? checkProvider(before.kind, [before.channel], {
            settings: asked.settings ?? before.settings,
            secret: { ...readSecret(before.secret), ...Object.fromEntries(given) },
          })
        : null;
      if (stored) refuseToTell(before, stored.settings, new Set(given.map(([field]) => field)));
      const after = { name: name ?? before.name, enabled: enabled ?? before.enabled };
      await scope.tx
        .update(channelProviders)
        .set({
          ...after,
          ...(stored
            ? {
                settings: stored.settings,
                secret: encryptSecret(JSON.stringify(stored.secret), PROVIDER_SECRET),
              }
            : {}),
          failuresInRow: 0,
          updatedAt: scope.now,
        })
        .where(eq(channelProviders.id, providerId));
      await audit(scope, {
        action: "updated",
        objectType: "channel_provider",
        objectId: providerId,
        objectName: after.name,
        before: { name: before.name, enabled: before.enabled, settings: before.settings },
        after: {
          ...after,
          settings: stored?.settings ?? before.settings,
          // Which, never what.
          changedSecrets: given.map(([field]) => field),
        },
      });
      await publish(scope, {
        topic: "channel_provider.updated",
        entityType: "channel_provider",
        entityId: providerId,
      });
    }),
  );
}

/** Secrets are not sent to another server than the one they were entered for: they could be read there. */
function refuseToTell(
  before: { settings: unknown; secret: string },
  settings: unknown,
  given: ReadonlySet<string>,
): void {
  if (originOf(before.settings) === originOf(settings)) return;
  const message = "must be entered again, since the address leads to another server";
  const kept = Object.keys(readSecret(before.secret)).filter((field) => !given.has(field));
  const fields = kept.map((field) => ({ field: `secret.${field}`, message }));
  const [first] = fields;
  if (first) throw new AppError("invalid", `${first.field} ${message}.`, { fields });
}

function originOf(settings: unknown): string | null {
  const { baseUrl, url = baseUrl } = Object(settings) as { baseUrl?: unknown; url?: unknown };
  return typeof url === "string" && URL.canParse(url) ? new URL(url).origin : null;
}

/** What can't be read any more must be entered anew. */
function readSecret(stored: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(decryptSecret(stored, PROVIDER_SECRET)));
  } catch {
    return {};
  }
}
