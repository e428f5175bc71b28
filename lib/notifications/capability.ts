import type { Channel } from "#lib/notifications/vocabulary";

export type Capability = {
  /** Whether this release has a provider that sends over it. Without one the channel is shown, and never planned. */
  provider: boolean;
  /** Whether the message itself lets a person acknowledge. */
  acknowledge: boolean;
  /** Whether the provider tells us later that the device got it; otherwise `accepted` is all we can know. */
  confirmsDelivery: boolean;
  /** Whether it can wake somebody whose phone is set to silent. */
  breaksDoNotDisturb: boolean;
};

/** What each channel can do. The registry of senders has an entry exactly where `provider` is true. */
export const CAPABILITIES: Record<Channel, Capability> = {
  email: { provider: true, acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  push: { provider: true, acknowledge: true, confirmsDelivery: true, breaksDoNotDisturb: false },
  slack: { provider: true, acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  webhook: { provider: true, acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  sms: { provider: false, acknowledge: true, confirmsDelivery: true, breaksDoNotDisturb: true },
  phone: { provider: false, acknowledge: true, confirmsDelivery: true, breaksDoNotDisturb: true },
  teams: { provider: false, acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  mattermost: { provider: false, acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  discord: { provider: false, acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  google_chat: { provider: false, acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  telegram: { provider: false, acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  ntfy: { provider: false, acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  pushover: { provider: false, acknowledge: true, confirmsDelivery: true, breaksDoNotDisturb: true },
};

/** The channel's name in a sentence. */
export const CHANNEL_NAMES: Record<Channel, string> = {
  email: "e-mail",
  push: "push",
  slack: "Slack",
  webhook: "webhook",
  sms: "SMS",
  phone: "phone call",
  teams: "Microsoft Teams",
  mattermost: "Mattermost",
  discord: "Discord",
  google_chat: "Google Chat",
  telegram: "Telegram",
  ntfy: "ntfy",
  pushover: "Pushover",
};
