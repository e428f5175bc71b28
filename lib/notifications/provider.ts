import type { Channel } from "#lib/notifications/vocabulary";

/** Companies and programs that carry messages for us once somebody has set them up. */
export const PROVIDER_KINDS = ["twilio", "vonage", "gateway", "slack", "telegram", "pushover"] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

/** The channels that each kind can carry. */
export const KIND_CHANNELS: Record<ProviderKind, readonly Channel[]> = {
  twilio: ["sms", "phone"],
  vonage: ["sms", "phone"],
  gateway: ["sms"],
  slack: ["slack"],
  telegram: ["telegram"],
  pushover: ["pushover"],
};

export const KIND_NAMES: Record<ProviderKind, string> = {
  twilio: "Twilio",
  vonage: "Vonage",
  gateway: "HTTP gateway",
  slack: "Slack app",
  telegram: "Telegram bot",
  pushover: "Pushover application",
};

/** So many failures in a row, and a provider is asked last for a minute after the latest. */
const FAILURES = 5;
const REST_MS = 60_000;

export type ProviderHealth = { position: number; failuresInRow: number; lastFailedAt: Date | null };

/** Whether a provider failed so often just now that others are asked before it. */
export function isResting(
  { failuresInRow, lastFailedAt }: Omit<ProviderHealth, "position">,
  now: Date,
): boolean {
  if (failuresInRow < FAILURES || lastFailedAt === null) return false;
  return now.getTime() - lastFailedAt.getTime() < REST_MS;
}

/** Whom to ask first: by position, but those that rest come last. None is left out: a poor chance is better than none. */
export function inOrderOfTrial<Provider extends ProviderHealth>(
  providers: readonly Provider[],
  now: Date,
): Provider[] {
  return providers.toSorted(
    (a, b) => Number(isResting(a, now)) - Number(isResting(b, now)) || a.position - b.position,
  );
}
