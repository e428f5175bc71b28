import type { ServiceLevelMetric, ServiceLevelState } from "#lib/service-levels/vocabulary";

export const METRIC_WORDS: Record<ServiceLevelMetric, { name: string; done: string }> = {
  respond: { name: "Respond", done: "responded to" },
  acknowledge: { name: "Acknowledge", done: "acknowledged" },
  mitigate: { name: "Mitigate", done: "mitigated" },
  resolve: { name: "Resolve", done: "resolved" },
};

export const STATE_WORDS: Record<ServiceLevelState, string> = {
  on_track: "On track",
  at_risk: "At risk",
  paused: "Paused",
  met: "Met",
  breached: "Breached",
  not_needed: "Not needed",
};
