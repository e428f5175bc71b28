/** Ways to reach a person. */
export const CHANNELS = [
  "email",
  "push",
  "slack",
  "webhook",
  "sms",
  "phone",
  "teams",
  "mattermost",
  "discord",
  "google_chat",
  "telegram",
  "ntfy",
  "pushover",
] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * What a notification rule is about. `assigned`: an incident is given to the person, per urgency. `changed`: others changed what they
 * hold. `requested`: they are asked to join. `handoff`: a shift of theirs begins or ends. `status_update`: somebody wrote one on an incident they take part in.
 */
export const RULE_KINDS = ["assigned", "changed", "requested", "handoff", "status_update"] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** Which ends of a shift a hand-off rule tells of. */
export const HANDOFF_TYPES = ["both", "oncall", "offcall"] as const;
export type HandoffType = (typeof HANDOFF_TYPES)[number];

/** Pages that are about no incident: what they say is written down with them. */
export const NOTICE_REASONS = [
  "shift",
  "schedule_changed",
  "cover",
  "coverage_gap",
  "held_back",
  "intake_flood",
  "digest",
  "service_level",
  "self_test",
  "verification",
] as const;
export type NoticeReason = (typeof NOTICE_REASONS)[number];

/**
 * Why somebody is paged. `told`: named at a level that only tells. `handoff`: their shift began while it was open. `nobody_answered`:
 * the policy came to its end. `requested`: asked to join. `changed`: what they hold was changed by somebody else. `status_update`: they take part, and
 * somebody wrote how it stands.
 */
export const PAGE_REASONS = [
  "assigned",
  "escalated",
  "reassigned",
  "unacknowledged",
  "reopened",
  "urgency_raised",
  "fallback",
  "handoff",
  "told",
  "nobody_answered",
  "requested",
  "changed",
  "status_update",
  "test",
  ...NOTICE_REASONS,
] as const;
export type PageReason = (typeof PAGE_REASONS)[number];

/** Pages about an incident that are no step of its policy: each is told once under a key of its own. */
export const SIDE_REASONS = [
  "requested",
  "changed",
  "status_update",
] as const satisfies readonly PageReason[];

/** Pages that tell something and ask for nothing. They go by rules of their own alone, wait for quiet hours, and outlive the incident. */
export const NEWS_REASONS = ["changed", "status_update"] as const satisfies readonly PageReason[];

export function isNews(reason: PageReason): boolean {
  return NEWS_REASONS.some((news) => news === reason);
}

/** What a page about no incident says: plain text, and a path of Touchline to read on. */
export type Notice = { title: string; lines: string[]; path: string };

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
