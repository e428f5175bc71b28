import { isInSupportHours } from "#lib/alerts/support-hours";
import type { Severity } from "#lib/alerts/vocabulary";
import type { Urgency } from "#lib/incidents/vocabulary";
import type { ConstantUrgency, SupportHours, UrgencyRule } from "#lib/services/service";

export interface UrgencyDecision {
  urgency: Urgency;
  because: string;
}

const URGENCY_BY_SEVERITY: Readonly<Record<Severity, Urgency>> = {
  critical: "high",
  error: "high",
  warning: "low",
  info: "low",
};

/**
 * The urgency of a new incident by its service's rule, judged at the instant the incident opens. `severity` is that of the
 * alert that opens it, null for incidents without one. Where something can't be told, the answer is high.
 */
export function urgencyFor(
  rule: UrgencyRule,
  supportHours: SupportHours | null,
  severity: Severity | null,
  at: Date,
): UrgencyDecision {
  if (rule.type === "constant") return constantUrgency(rule, severity, "The service's rule");
  const inside = supportHours === null ? null : isInSupportHours(supportHours, at);
  if (inside === null) {
    return { urgency: "high", because: "The rule goes by support hours, but none that can be read are set" };
  }
  return inside
    ? constantUrgency(rule.duringSupportHours, severity, "The service's rule during support hours")
    : constantUrgency(rule.outsideSupportHours, severity, "The service's rule outside support hours");
}

function constantUrgency(rule: ConstantUrgency, severity: Severity | null, name: string): UrgencyDecision {
  if (rule.urgency !== "severity_based") {
    return { urgency: rule.urgency, because: `${name} makes every incident ${rule.urgency}` };
  }
  if (severity === null) return { urgency: "high", because: `${name} goes by severity, and there is none` };
  const urgency = URGENCY_BY_SEVERITY[severity];
  return { urgency, because: `${name} goes by severity, and ${severity} is ${urgency}` };
}
