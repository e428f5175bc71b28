import type { DeliveryState, PageReason } from "#lib/notifications/vocabulary";

/** What each state of a send means, for people. */
export const DELIVERY_WORDS: Record<DeliveryState, string> = {
  queued: "Queued",
  sending: "Being sent",
  retrying: "Failed, tried again",
  accepted: "Accepted by the provider",
  delivered: "Shown by the device",
  acted: "Acted on",
  failed: "Failed",
  cancelled: "Cancelled: it was not needed any more",
  expired: "Expired: it came too late to be of use",
};

/** States after which nothing more is sent. */
export const ENDED_STATES: ReadonlySet<DeliveryState> = new Set([
  "accepted",
  "delivered",
  "acted",
  "failed",
  "cancelled",
  "expired",
]);

/** Why somebody was paged. */
export const REASON_WORDS: Record<PageReason, string> = {
  assigned: "the incident opened",
  escalated: "it was escalated",
  reassigned: "it was handed over",
  unacknowledged: "nobody had it any more",
  reopened: "it was reopened",
  urgency_raised: "its urgency was raised",
  fallback: "nobody was on call",
  handoff: "their shift began while it was open",
  told: "their level is only told",
  nobody_answered: "nobody answered",
  requested: "they were asked to join",
  changed: "somebody else changed it",
  status_update: "somebody wrote a status update",
  test: "a test",
  shift: "a shift begins or ends",
  schedule_changed: "their shifts changed",
  cover: "a cover",
  coverage_gap: "a gap in who is on call",
  held_back: "messages were held back",
  intake_flood: "a monitor sends too much",
  digest: "a summary",
  service_level: "a service level is at risk",
  self_test: "the regular test",
  verification: "a code to confirm the number",
};
