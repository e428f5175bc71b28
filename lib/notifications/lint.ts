import type { Urgency } from "#lib/incidents/vocabulary";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import type { ContactMethod, NotificationRule } from "#lib/notifications/rules";
import { planDeliveries, USEFUL_MINUTES } from "#lib/notifications/rules";

export type LintInput = {
  rules: readonly NotificationRule[];
  contactMethods: readonly ContactMethod[];
  accountEmail: string;
  /** The escalation levels that this person is on, by name or through a schedule. */
  levels: readonly PersonLevel[];
};

export type PersonLevel = {
  policyName: string;
  /** 1 is told first. */
  position: number;
  /** When it hands the incident on, to the next level or, taking turns, to the next person. */
  delayMinutes: number;
  /** After it the policy is at its end, and the incident stays with whom it has. */
  isLast: boolean;
};

export type LintWarning = {
  code:
    | "no_contact_method"
    | "no_rule"
    | "late_first_rule"
    | "only_email"
    | "only_push"
    | "never_reached"
    | "rarely_reached"
    | "unusable_rule";
  urgency: Urgency | null;
  message: string;
};

/** What would keep this person from being woken in time. An empty list: nothing that we know of. */
export function lintNotificationRules(input: LintInput): LintWarning[] {
  const usable = input.contactMethods.filter((method) => method.enabled && method.available);
  if (usable.length === 0) {
    return [
      {
        code: "no_contact_method",
        urgency: null,
        message:
          "No usable contact method: pages go to the e-mail address of the account, which rarely wakes anybody.",
      },
    ];
  }
  return [
    ...lintUrgency(input, "high"),
    ...lintUrgency(input, "low"),
    ...lintChannels(input),
    ...lintUnusable(input),
  ];
}

function lintUrgency(input: LintInput, urgency: Urgency): LintWarning[] {
  const rules = input.rules.filter((rule) => rule.urgency === urgency);
  if (rules.length === 0) {
    return [
      {
        code: "no_rule",
        urgency,
        message: `No rule for ${urgency} urgency: every contact method is used at once.`,
      },
    ];
  }
  if (urgency === "low") return [];
  const warnings: LintWarning[] = [];
  const first = Math.min(...rules.map((rule) => rule.delayMinutes));
  if (first > 1) {
    warnings.push({
      code: "late_first_rule",
      urgency,
      message: `The first step for high urgency comes after ${first} min. Add one at 0 or 1 min.`,
    });
  }
  const delays = new Set(rules.map((rule) => rule.delayMinutes));
  return [...warnings, ...[...delays].flatMap((delay) => lintDelay(delay, input.levels))];
}

/** A step that comes when the level has handed the incident on is not sent: the pages of a level end with it. */
function lintDelay(delay: number, levels: readonly PersonLevel[]): LintWarning[] {
  const fastestFirst = levels.toSorted((a, b) => a.delayMinutes - b.delayMinutes);
  const tooFast = fastestFirst.filter(({ delayMinutes }) => delayMinutes <= delay);
  const [fastest] = tooFast;
  if (!fastest) return [];
  const remains = levels.some(({ delayMinutes, isLast }) => isLast || delayMinutes > delay);
  const slowest = tooFast.at(-1) ?? fastest;
  if (!remains) {
    const message =
      levels.length === 1
        ? `The step at ${delay} min can never come: ${nameOf(fastest)}, the only level you are on, hands on after ${fastest.delayMinutes} min.`
        : `The step at ${delay} min can never come: of the ${levels.length} levels you are on the slowest, ${nameOf(slowest)}, hands on after ${slowest.delayMinutes} min.`;
    return [{ code: "never_reached", urgency: "high", message }];
  }
  const handsOn = tooFast.filter(({ isLast }) => !isLast);
  const [first] = handsOn;
  if (!first) return [];
  const others = handsOn.length === 1 ? "" : ` Nor on ${handsOn.length - 1} more.`;
  const message = `The step at ${delay} min does not come on ${nameOf(first)}, your fastest level, which hands on after ${first.delayMinutes} min.${others}`;
  return [{ code: "rarely_reached", urgency: "high", message }];
}

function nameOf({ policyName, position }: PersonLevel): string {
  return `${policyName}, level ${position}`;
}

/** Looks at what would really be sent, the default ladder included. */
function lintChannels(input: LintInput): LintWarning[] {
  const plan = planDeliveries({
    ...input,
    urgency: "high",
    assignedAt: new Date(0),
    expiryMinutes: USEFUL_MINUTES.high,
  });
  const channels = new Set(plan.deliveries.map(({ channel }) => channel));
  const [only] = channels;
  if (channels.size !== 1) return [];
  if (only === "email") {
    return [
      {
        code: "only_email",
        urgency: "high",
        message: "High urgency reaches you by e-mail alone. Add push, so that a phone makes a sound.",
      },
    ];
  }
  if (only === "push") {
    return [
      {
        code: "only_push",
        urgency: "high",
        message:
          "Push can't break through Do Not Disturb. Add a second way, and let Touchline through on your phone.",
      },
    ];
  }
  return [];
}

function lintUnusable(input: LintInput): LintWarning[] {
  const methods = new Map(input.contactMethods.map((method) => [method.id, method]));
  return input.rules.flatMap((rule) => {
    const method = methods.get(rule.contactMethodId);
    if (!method || (method.enabled && method.available)) return [];
    const because = method.enabled ? "has no provider here" : "is switched off";
    return [
      {
        code: "unusable_rule" as const,
        urgency: rule.urgency,
        message: `The step at ${rule.delayMinutes} min sends nothing: ${CHANNEL_NAMES[method.channel]} "${method.label}" ${because}.`,
      },
    ];
  });
}
