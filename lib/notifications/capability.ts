import type { Channel } from "#lib/notifications/vocabulary";

export type Capability = {
  /**
   * Who carries it: this program itself, or a provider that somebody must set up first. Whether pages can go out over it is for
   * `isAvailable` in queries/available-channels.ts to say.
   */
  provider: "built_in" | "set_up";
  /** Whether the message itself lets a person acknowledge. */
  acknowledge: boolean;
  /** Whether the provider tells us later that the device got it; otherwise `accepted` is all we can know. */
  confirmsDelivery: boolean;
  /** Whether it can wake somebody whose phone is set to silent. */
  breaksDoNotDisturb: boolean;
};

/** What each channel can do. */
export const CAPABILITIES: Record<Channel, Capability> = {
  email: { provider: "built_in", acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  push: { provider: "built_in", acknowledge: true, confirmsDelivery: true, breaksDoNotDisturb: false },
  slack: { provider: "built_in", acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  webhook: { provider: "built_in", acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  sms: { provider: "set_up", acknowledge: true, confirmsDelivery: true, breaksDoNotDisturb: true },
  phone: { provider: "set_up", acknowledge: true, confirmsDelivery: true, breaksDoNotDisturb: true },
  teams: { provider: "built_in", acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  mattermost: { provider: "built_in", acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  discord: { provider: "built_in", acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  google_chat: {
    provider: "built_in",
    acknowledge: true,
    confirmsDelivery: false,
    breaksDoNotDisturb: false,
  },
  telegram: { provider: "set_up", acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  ntfy: { provider: "built_in", acknowledge: true, confirmsDelivery: false, breaksDoNotDisturb: false },
  pushover: { provider: "set_up", acknowledge: true, confirmsDelivery: true, breaksDoNotDisturb: true },
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

/** A way to reach somebody, told apart from the others: "Work phone (SMS)", or its channel alone where its name says no more. */
export function methodWords({ label, channel }: { label: string; channel: Channel }): string {
  const name = CHANNEL_NAMES[channel];
  return label.toLowerCase() === name.toLowerCase() ? label : `${label} (${name})`;
}
