import { isNews } from "#lib/notifications/vocabulary";
import { firstAllowed } from "#lib/notifications/low-urgency-hours";
import type { Limit } from "#lib/notifications/low-urgency-hours";
import { planDeliveries, USEFUL_MINUTES } from "#lib/notifications/rules";
import type { ContactMethod, DeliveryPlan, NotificationRule } from "#lib/notifications/rules";
import type { HandoffType, PageReason, RuleKind } from "#lib/notifications/vocabulary";
import type { Urgency } from "#lib/incidents/vocabulary";

/** One of a person's rules, whatever it is about. */
export type PersonRule = NotificationRule & {
  kind: RuleKind;
  advanceMinutes: number | null;
  handoffType: HandoffType | null;
};

export type PagePlanInput = {
  reason: PageReason;
  urgency: Urgency;
  at: Date;
  rules: readonly PersonRule[];
  contactMethods: readonly ContactMethod[];
  /** The address of the account: what is left when nothing else is. */
  accountEmail: string;
  /** Hours that what can wait has to wait for: the service's and the person's. */
  limits: readonly Limit[];
  /** Only these contact methods, as far as they can be used. */
  contactMethodIds?: readonly string[];
};

const KINDS: Partial<Record<PageReason, RuleKind>> = {
  changed: "changed",
  status_update: "status_update",
  requested: "requested",
  shift: "handoff",
};

// Asked for or of use at their own time only.
const NEVER_WAIT: readonly PageReason[] = ["test", "shift", "verification", "requested"];

/** Which of a person's rules a page goes by. */
export function ruleKindOf(reason: PageReason): RuleKind {
  return KINDS[reason] ?? "assigned";
}

/**
 * Which sends a person gets for one page. Incidents and notices go by the rules of their urgency, requests by their own rules or else
 * as high urgency; both always reach for something. Changes and hand-offs go by their own rules alone: null without one. Low urgency
 * and changes wait for the hours that the person and the service have set.
 */
export function planPage(input: PagePlanInput): DeliveryPlan | null {
  const { only, because } = ownRules(input);
  if (only?.length === 0 && isOptional(input.reason)) return null;
  const plan = planDeliveries({
    rules: only && only.length > 0 ? only : input.rules,
    contactMethods: input.contactMethods,
    urgency: input.urgency,
    assignedAt: input.at,
    expiryMinutes: USEFUL_MINUTES[input.urgency],
    accountEmail: input.accountEmail,
  });
  const explained =
    because === null
      ? plan
      : {
          ...plan,
          trace: [{ step: "rules", outcome: because, because: "By kind of event." }, ...plan.trace],
        };
  return mayWait(input) ? afterLimits(explained, input.limits) : explained;
}

function isOptional(reason: PageReason): boolean {
  return isNews(reason) || reason === "shift";
}

/** The rules that take the place of the ladder of the urgency; null: none do. */
function ownRules(input: PagePlanInput): { only: NotificationRule[] | null; because: string | null } {
  const { urgency } = input;
  const usable = new Set(
    input.contactMethods.flatMap(({ id, enabled, available }) => (enabled && available ? [id] : [])),
  );
  if (input.contactMethodIds) {
    const named = input.contactMethodIds.filter((id) => usable.has(id));
    const only = named.map((contactMethodId) => ({ contactMethodId, urgency, delayMinutes: 0 }));
    return { only, because: named.length > 0 ? "the contact methods it is for" : null };
  }
  const kind = ruleKindOf(input.reason);
  if (kind === "assigned") return { only: null, because: null };
  const own = input.rules.filter((rule) => rule.kind === kind && usable.has(rule.contactMethodId));
  const seen = new Map(own.map((rule) => [`${rule.contactMethodId} ${rule.delayMinutes}`, rule]));
  const only = [...seen.values()].map((rule) => ({ ...rule, urgency }));
  const fallen = kind === "requested" ? "no rule for requests: as for high urgency" : null;
  return { only, because: only.length > 0 ? `rules for ${KIND_WORDS[kind]}` : fallen };
}

const KIND_WORDS: Record<RuleKind, string> = {
  assigned: "incidents",
  changed: "changes by others",
  requested: "requests to join",
  handoff: "hand-offs",
  status_update: "status updates",
};

function mayWait({ reason, urgency }: PagePlanInput): boolean {
  return isNews(reason) || (urgency === "low" && !NEVER_WAIT.includes(reason));
}

/** Moves each send to the first instant that all limits allow, and its end of use with it. */
function afterLimits(plan: DeliveryPlan, limits: readonly Limit[]): DeliveryPlan {
  const reasons = new Map<string, Date>();
  const deliveries = plan.deliveries.map((delivery) => {
    const allowed = firstAllowed(delivery.dueAt, limits);
    if (allowed.waitsFor === null) return delivery;
    if (!reasons.has(allowed.waitsFor)) reasons.set(allowed.waitsFor, allowed.at);
    const moved = allowed.at.getTime() - delivery.dueAt.getTime();
    return { ...delivery, dueAt: allowed.at, expiresAt: new Date(delivery.expiresAt.getTime() + moved) };
  });
  const waits = [...reasons].map(([name, until]) => ({
    step: "hours",
    outcome: `waits until ${until.toISOString()}`,
    because: `It can wait: ${name}.`,
  }));
  return { deliveries, trace: [...plan.trace, ...waits] };
}
