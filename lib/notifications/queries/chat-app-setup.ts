import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { listProviders } from "#lib/notifications/queries/providers";
import type { ProviderDto } from "#lib/notifications/queries/providers";
import { readNotificationSettings } from "#lib/notifications/queries/settings";
import type { ContactMethodDto } from "#lib/notifications/schemas";

/** What the page that sets up a chat app shows: the app, if there is one, and the viewer's own ways to be reached by it. */
export async function readChatAppSetup(
  ctx: Context,
  kind: "slack" | "telegram" | "pushover",
): Promise<{ provider: ProviderDto | null; methods: ContactMethodDto[] }> {
  requirePermission(ctx.actor, "organisation.manage");
  const [providers, settings] = await Promise.all([
    listProviders(ctx),
    readNotificationSettings(ctx, { userId: ctx.actor.id ?? "" }),
  ]);
  return {
    provider: providers.find((provider) => provider.kind === kind) ?? null,
    methods: settings.contactMethods.filter(({ channel }) => channel === kind),
  };
}
