/** Ways to reach a person. `sms` and `phone` have their place here but no provider yet, so they can't be added. */
export const CHANNELS = ["email", "push", "slack", "webhook", "sms", "phone"] as const;
export type Channel = (typeof CHANNELS)[number];

export const PAGE_REASONS = [
  "assigned",
  "escalated",
  "reassigned",
  "unacknowledged",
  "reopened",
  "urgency_raised",
  "fallback",
  "test",
] as const;
export type PageReason = (typeof PAGE_REASONS)[number];

export const PAGE_STATES = ["active", "cancelled", "expired", "done"] as const;
export type PageState = (typeof PAGE_STATES)[number];

/**
 * A delivery's life. `queued` waits for its time; `sending` is leased by an engine; `accepted` was taken by the provider;
 * `delivered` and `acted` are what the provider or the person reported back. The rest are ends.
 */
export const DELIVERY_STATES = [
  "queued",
  "sending",
  "retrying",
  "accepted",
  "delivered",
  "acted",
  "failed",
  "cancelled",
  "expired",
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
