import type { Database } from "#db/connect";
import { readNow } from "#lib/context";
import { CAPABILITIES, CHANNEL_NAMES } from "#lib/notifications/capability";
import type { ChannelSender, Destination } from "#lib/notifications/channels/channel";
import { handOver } from "#lib/notifications/channels/telephony/hand-over";
import { callUrl, statusUrl } from "#lib/notifications/channels/telephony/hook-urls";
import { makeShortLink } from "#lib/notifications/commands/make-short-link";
import { loadProvider, loadProviders } from "#lib/notifications/queries/providers";
import type { PageFacts } from "#lib/notifications/page-facts";
import type { LoadedProvider } from "#lib/notifications/queries/providers";
import { readUnrecordedMessage } from "#lib/notifications/queries/unrecorded-message";
import { smsMessage } from "#lib/notifications/sms-message";

export type TelephonySettings = {
  db: Database;
  /** Under which the providers reach us. */
  url: string;
  allowPrivate: boolean;
};

type TelephonyChannel = "sms" | "phone";

/** Texts or calls over the providers that are set up for them, the first that takes it. */
export function telephonySender(channel: TelephonyChannel, settings: TelephonySettings): ChannelSender {
  const { db, url, allowPrivate } = settings;
  // A link that answers is long, so a text gets a short one for it; news has none.
  const linkOf = async ({ deliveryId, notice, bundle, reason, links }: PageFacts) => {
    const isNews = notice !== null && bundle.length === 0 && reason !== "self_test";
    return isNews ? links.open : `${url}/a/${await makeShortLink(db, deliveryId)}`;
  };
  return {
    channel,
    capabilities: CAPABILITIES[channel],
    async send(page, destination, { idempotencyKey, signal }) {
      const [providers, now, taken] = await Promise.all([
        providersFor(db, channel, destination),
        readNow(db),
        readUnrecordedMessage(db, page.deliveryId),
      ]);
      if (taken !== null) {
        const detail = "The provider took it before the result could be written down: not sent again.";
        return { kind: "accepted", providerId: taken, detail };
      }
      if (providers.length === 0) {
        const detail = `No provider for ${CHANNEL_NAMES[channel]} is configured.`;
        return { kind: "failed", retry: false, detail };
      }
      const { deliveryId } = page;
      const { address: to } = destination;
      const text = channel === "sms" ? smsMessage(page, await linkOf(page)) : "";
      const order = { db, now, deliveryId, address: to, signal, allowPrivate };
      return handOver(order, providers, (carrier, provider, limit) => {
        const common = {
          to,
          key: idempotencyKey,
          statusUrl: statusUrl(url, provider.id, deliveryId),
          signal: limit,
        };
        if (channel === "sms") return carrier.sendText({ ...common, text });
        const answerUrl = callUrl(url, provider.id, { deliveryId, round: 0, incidentIds: [] });
        return carrier.placeCall({ ...common, answerUrl });
      });
    },
  };
}

async function providersFor(
  db: Database,
  channel: TelephonyChannel,
  { onlyProviderId }: Destination,
): Promise<LoadedProvider[]> {
  if (!onlyProviderId) return loadProviders(db, channel);
  const provider = await loadProvider(db, onlyProviderId);
  return provider ? [provider] : [];
}
