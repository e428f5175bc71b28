import type { Urgency } from "#lib/incidents/vocabulary";
import { chooseSends } from "#lib/notifications/rules";
import type { Channel } from "#lib/notifications/vocabulary";

export const READINESS_STATES = ["ready", "partly", "unreachable"] as const;
export type ReadinessState = (typeof READINESS_STATES)[number];

export type ReachableMethod = {
  id: string;
  channel: Channel;
  enabled: boolean;
  /** Whether pages can go out over its channel. */
  available: boolean;
  verified: boolean;
  /** The last send failed and none was delivered since. */
  failing: boolean;
};

export type ReachableRule = { urgency: Urgency | null; delayMinutes: number; contactMethodId: string };

export type Readiness = {
  state: ReadinessState;
  /** What stands in the way, worst first; empty when ready. */
  reasons: string[];
  /** Minutes until a high-urgency page is first sent. Without a usable rule the default ladder is used. */
  firstStepMinutes: number;
};

/** Judges whether a page of high urgency would reach someone at night. */
export function judgeReadiness(
  methods: readonly ReachableMethod[],
  rules: readonly ReachableRule[],
): Readiness {
  const { by, sends } = chooseSends({ rules, contactMethods: methods, urgency: "high" });
  if (by === "account") {
    return {
      state: "unreachable",
      reasons: ["There is no usable contact method: only the e-mail address of the account is left"],
      firstStepMinutes: 0,
    };
  }
  const used = sends.map(({ method }) => method);
  const firstStepMinutes = sends[0]?.delayMinutes ?? 0;
  if (used.every((method) => method.failing)) {
    return {
      state: "unreachable",
      reasons: ["The last send to every contact method failed"],
      firstStepMinutes,
    };
  }
  const low = chooseSends({ rules, contactMethods: methods, urgency: "low" });
  const reasons = [
    ...(by === "ladder" ? ["No rule for high urgency: the default ladder is used"] : []),
    ...(used.some((method) => method.failing) ? ["The last send to a contact method failed"] : []),
    ...(used.every((method) => method.channel === "email") ? ["High urgency is told by e-mail alone"] : []),
    ...(used.some((method) => !method.verified) ? ["A contact method is not verified"] : []),
    ...(firstStepMinutes > 1 ? [`The first notification comes after ${firstStepMinutes} minutes`] : []),
    ...(low.by === "rules" ? [] : ["No rule for low urgency"]),
  ];
  return { state: reasons.length === 0 ? "ready" : "partly", reasons, firstStepMinutes };
}
