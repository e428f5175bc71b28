import { z } from "zod";
import type { Database } from "#db/connect";
import type { PushoverApp } from "#lib/notifications/channels/pushover";
import type { SlackApp } from "#lib/notifications/channels/slack-api";
import type { TelegramBot } from "#lib/notifications/channels/telegram";
import { loadProviders } from "#lib/notifications/queries/providers";
import type { Channel } from "#lib/notifications/vocabulary";

const slackSchema = z.object({
  apiUrl: z.url().default("https://slack.com/api"),
  teamId: z.string(),
  botToken: z.string(),
  signingSecret: z.string(),
});
const telegramSchema = z.object({
  apiUrl: z.url().default("https://api.telegram.org"),
  username: z.string(),
  token: z.string(),
  webhookSecret: z.string(),
});
const pushoverSchema = z.object({
  apiUrl: z.url().default("https://api.pushover.net"),
  token: z.string(),
});

/** The Slack app of this deployment; null: none is set up, or it is switched off. */
export async function loadSlackApp(db: Database): Promise<SlackApp | null> {
  return loadApp(db, "slack", slackSchema);
}

/** The Telegram bot of this deployment. */
export async function loadTelegramBot(db: Database): Promise<TelegramBot | null> {
  return loadApp(db, "telegram", telegramSchema);
}

/** The Pushover application of this deployment. */
export async function loadPushoverApp(db: Database): Promise<PushoverApp | null> {
  return loadApp(db, "pushover", pushoverSchema);
}

/** Of several the first that is switched on: a chat has one place where its buttons are answered. Throws UnreadableSecret. */
async function loadApp<App>(db: Database, channel: Channel, schema: z.ZodType<App>): Promise<App | null> {
  const [provider] = await loadProviders(db, channel);
  return provider ? schema.parse({ ...provider.settings, ...Object(provider.readSecret()) }) : null;
}
