import type { Database } from "#db/connect";
import { env } from "#lib/env";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import { discordSender } from "#lib/notifications/channels/discord";
import { googleChatSender } from "#lib/notifications/channels/google-chat";
import { mattermostSender } from "#lib/notifications/channels/mattermost";
import { ntfySender } from "#lib/notifications/channels/ntfy";
import { pushoverSender } from "#lib/notifications/channels/pushover";
import { slackSender } from "#lib/notifications/channels/slack";
import type { StandingSettings } from "#lib/notifications/channels/standing";
import { teamsSender } from "#lib/notifications/channels/teams";
import { telegramSender } from "#lib/notifications/channels/telegram";
import { recordProviderResult } from "#lib/notifications/commands/record-provider-result";
import { loadPushoverApp, loadSlackApp, loadTelegramBot } from "#lib/notifications/queries/chat-apps";
import { loadProviders } from "#lib/notifications/queries/providers";

/** The senders of chats and of apps that people install, as this deployment is set up. */
export function chatSenders(db: Database) {
  const { allowPrivateDestinations: allowPrivate, url } = env();
  const api = `${url}/api/chat`;
  return {
    slack: watched(db, slackSender({ allowPrivate, app: () => loadSlackApp(db) })),
    teams: teamsSender({ allowPrivate }),
    mattermost: mattermostSender({ allowPrivate, actionUrl: `${api}/mattermost` }),
    discord: discordSender({ allowPrivate }),
    google_chat: googleChatSender({ allowPrivate }),
    telegram: watched(db, telegramSender({ allowPrivate, bot: () => loadTelegramBot(db) })),
    ntfy: ntfySender({ allowPrivate }),
    pushover: watched(
      db,
      pushoverSender({
        allowPrivate,
        app: () => loadPushoverApp(db),
        callback: (oneTap) => `${api}/pushover/${oneTap.slice(oneTap.lastIndexOf("/") + 1)}`,
      }),
    ),
  };
}

/** What changing messages in place needs. */
export function standingSettings(db: Database): StandingSettings {
  return {
    slack: () => loadSlackApp(db),
    telegram: () => loadTelegramBot(db),
    pushover: () => loadPushoverApp(db),
    allowPrivate: env().allowPrivateDestinations,
  };
}

/** Keeps the provider's health. An address that is dead says nothing about who refused it; a webhook has no provider. */
function watched(db: Database, sender: ChannelSender): ChannelSender {
  return {
    ...sender,
    async send(page, destination, options) {
      const result = await sender.send(page, destination, options);
      const [provider] = URL.canParse(destination.address) ? [] : await loadProviders(db, sender.channel);
      if (provider) {
        const isTheirs = result.kind === "failed" && !result.invalidDestination;
        await recordProviderResult(db, provider.id, isTheirs ? result.detail : null);
      }
      return result;
    },
  };
}
