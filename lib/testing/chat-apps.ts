import type { Database } from "#db/connect";
import { channelProviders } from "#db/schema/channel-providers";
import { encryptSecret } from "#lib/crypto/secret";
import { newId } from "#lib/ids";
import type { ProviderKind } from "#lib/notifications/provider";
import { PROVIDER_SECRET } from "#lib/notifications/queries/providers";
import { CHAT_SECRETS } from "#lib/testing/chat-double";

/** Sets up Slack app, Telegram bot and Pushover application, all of them the double at `url`. */
export async function makeChatApps(db: Database, url: string): Promise<void> {
  const rows: {
    kind: ProviderKind & ("slack" | "telegram" | "pushover");
    settings: object;
    secret: object;
  }[] = [
    {
      kind: "slack",
      settings: { baseUrl: `${url}/slack`, teamId: CHAT_SECRETS.slackTeam, teamName: "Example" },
      secret: { botToken: CHAT_SECRETS.slackToken, signingSecret: CHAT_SECRETS.slackSigning },
    },
    {
      kind: "telegram",
      settings: { baseUrl: `${url}/telegram`, username: "touchline_bot" },
      secret: { token: CHAT_SECRETS.telegramToken, webhookSecret: CHAT_SECRETS.telegramWebhook },
    },
    {
      kind: "pushover",
      settings: { baseUrl: `${url}/pushover` },
      secret: { token: CHAT_SECRETS.pushoverToken },
    },
  ];
  const at = new Date("2026-01-01T00:00:00.000Z");
  await db.insert(channelProviders).values(
    rows.map(({ kind, settings, secret }) => ({
      id: newId(),
      channel: kind,
      kind,
      name: kind,
      settings: { ...settings },
      secret: encryptSecret(JSON.stringify(secret), PROVIDER_SECRET),
      position: 1,
      createdAt: at,
      updatedAt: at,
    })),
  );
}
