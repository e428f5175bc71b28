import type { Urgency } from "#lib/incidents/vocabulary";
import type { Channel } from "#lib/notifications/vocabulary";

export const READINESS_STATES = ["ready", "partly", "unreachable"] as const;
export type ReadinessState = (typeof READINESS_STATES)[number];

export type ReachableMethod = {
  channel: Channel;
  enabled: boolean;
  verified: boolean;
  /** The last send failed and none was delivered since. */
  failing: boolean;
};

/** A rule joined with its contact method. */
export type ReachableRule = { urgency: Urgency; delayMinutes: number; method: ReachableMethod };

export type Readiness = {
  state: ReadinessState;
  /** What stands in the way, worst first; empty when ready. */
  reasons: string[];
  /** Minutes until a high-urgency page is first sent; null: never. */
  firstStepMinutes: number | null;
};

/** Judges whether a page would reach someone at night, from their notification rules. */
export function judgeReadiness(rules: readonly ReachableRule[]): Readiness {
  const high = rules.filter((rule) => rule.urgency === "high" && rule.method.enabled);
  if (high.length === 0) {
    return {
      state: "unreachable",
      reasons: ["No notification rule for high urgency uses an enabled contact method"],
      firstStepMinutes: null,
    };
  }
  const firstStepMinutes = Math.min(...high.map((rule) => rule.delayMinutes));
  if (high.every((rule) => rule.method.failing)) {
    return {
      state: "unreachable",
      reasons: ["The last send to every contact method failed"],
      firstStepMinutes,
    };
  }
  const reasons = [
    ...(high.some((rule) => rule.method.failing) ? ["The last send to a contact method failed"] : []),
    ...(high.every((rule) => rule.method.channel === "email")
      ? ["High urgency is told by e-mail alone"]
      : []),
    ...(high.some((rule) => !rule.method.verified) ? ["A contact method is not verified"] : []),
    ...(firstStepMinutes > 1 ? [`The first notification comes after ${firstStepMinutes} minutes`] : []),
    ...(rules.some((rule) => rule.urgency === "low" && rule.method.enabled)
      ? []
      : ["No rule for low urgency"]),
  ];
  return { state: reasons.length === 0 ? "ready" : "partly", reasons, firstStepMinutes };
}
