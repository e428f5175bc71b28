/** What may be promised: from detection to the first engagement, from the first page to its acknowledgement, from detection to
 * mitigation, from the trigger to the resolve. The clocks of reports. */
export const SERVICE_LEVEL_METRICS = ["respond", "acknowledge", "mitigate", "resolve"] as const;
export type ServiceLevelMetric = (typeof SERVICE_LEVEL_METRICS)[number];

/** Which time counts: all of it, or the service's support hours (all of it where it has none). */
export const SERVICE_LEVEL_CALENDARS = ["always", "support_hours"] as const;
export type ServiceLevelCalendar = (typeof SERVICE_LEVEL_CALENDARS)[number];

/** How a promise stands for one incident. `not_needed`: it was over before, without anybody having to. */
export const SERVICE_LEVEL_STATES = [
  "on_track",
  "at_risk",
  "paused",
  "met",
  "breached",
  "not_needed",
] as const;
export type ServiceLevelState = (typeof SERVICE_LEVEL_STATES)[number];

/** The share of its time after which a promise is at risk. */
export const AT_RISK_SHARE = 0.8;
