import type { z } from "zod";
import type { Database } from "#db/connect";
import { PROVIDER_CONFIG } from "#lib/notifications/channels/provider-config";
import type { PushoverApp } from "#lib/notifications/channels/pushover";
import type { SlackApp } from "#lib/notifications/channels/slack-api";
import type { TelegramBot } from "#lib/notifications/channels/telegram";
import { loadProviders } from "#lib/notifications/queries/providers";
import type { Channel } from "#lib/notifications/vocabulary";

/** The Slack app of this deployment; null: none is set up, or it is switched off. */
export async function loadSlackApp(db: Database): Promise<SlackApp | null> {
  return loadApp(db, "slack", PROVIDER_CONFIG.slack);
}

/** The Telegram bot of this deployment. */
export async function loadTelegramBot(db: Database): Promise<TelegramBot | null> {
  return loadApp(db, "telegram", PROVIDER_CONFIG.telegram);
}

/** The Pushover application of this deployment. */
export async function loadPushoverApp(db: Database): Promise<PushoverApp | null> {
  return loadApp(db, "pushover", PROVIDER_CONFIG.pushover);
}

/** Of several the first that is switched on: a chat has one place where its buttons are answered. Throws UnreadableSecret. */
async function loadApp<Settings, Secret>(
  db: Database,
  channel: Channel,
  config: { settings: z.ZodType<Settings>; secret: z.ZodType<Secret> },
): Promise<(Settings & Secret) | null> {
  const [provider] = await loadProviders(db, channel);
  if (!provider) return null;
  return { ...config.settings.parse(provider.settings), ...config.secret.parse(provider.readSecret()) };
}
