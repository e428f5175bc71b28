import type { TraceStep } from "#lib/events/trace";
import type { Urgency } from "#lib/incidents/vocabulary";
import { maskAddress } from "#lib/notifications/address";
import { CAPABILITIES, CHANNEL_NAMES } from "#lib/notifications/capability";
import type { Channel } from "#lib/notifications/vocabulary";

export type ContactMethod = {
  id: string;
  channel: Channel;
  label: string;
  address: string;
  enabled: boolean;
  lastError?: string | null;
};

export type NotificationRule = { contactMethodId: string; urgency: Urgency; delayMinutes: number };

export type PlanInput = {
  rules: readonly NotificationRule[];
  contactMethods: readonly ContactMethod[];
  urgency: Urgency;
  assignedAt: Date;
  /** How long after its time a send is still of use. */
  expiryMinutes: number;
  /** The address of the account: what is left when nothing else is. */
  accountEmail: string;
};

export type PlannedDelivery = {
  channel: Channel;
  /** Null when it goes to the address of the account. */
  contactMethodId: string | null;
  address: string;
  delayMinutes: number;
  dueAt: Date;
  expiresAt: Date;
};

export type DeliveryPlan = { deliveries: PlannedDelivery[]; trace: TraceStep[] };

/** Minutes after its time for which a send is still of use, per urgency. */
export const USEFUL_MINUTES: Record<Urgency, number> = { high: 60, low: 720 };

const MINUTE = 60_000;

type Send = { method: ContactMethod; delayMinutes: number };

/**
 * Which sends a person gets for one page, in the order of their time. Never empty: without a usable rule every usable contact
 * method is used at once, and without one of those the e-mail address of the account. The trace says why, address by address.
 */
export function planDeliveries(input: PlanInput): DeliveryPlan {
  const trace: TraceStep[] = [];
  const sends = sendsByRules(input, trace);
  const chosen = sends.length > 0 ? sends : sendsWithoutRules(input, trace);
  if (chosen.length === 0) {
    const planned = plan(input, {
      channel: "email",
      contactMethodId: null,
      address: input.accountEmail,
      delayMinutes: 0,
    });
    trace.push({
      step: "account e-mail",
      outcome: describe(planned),
      because: "No usable contact method: the e-mail address of the account is the last resort.",
    });
    return { deliveries: [planned], trace };
  }
  const deliveries = chosen
    .toSorted((a, b) => a.delayMinutes - b.delayMinutes)
    .map(({ method, delayMinutes }) =>
      plan(input, {
        channel: method.channel,
        contactMethodId: method.id,
        address: method.address,
        delayMinutes,
      }),
    );
  return { deliveries, trace };
}

function sendsByRules(input: PlanInput, trace: TraceStep[]): Send[] {
  const methods = new Map(input.contactMethods.map((method) => [method.id, method]));
  const sends: Send[] = [];
  for (const rule of input.rules) {
    const method = methods.get(rule.contactMethodId);
    if (rule.urgency !== input.urgency || !method) continue;
    const step = `rule: ${input.urgency} urgency, ${rule.delayMinutes} min`;
    const obstacle = obstacleOf(method);
    if (obstacle) {
      trace.push({ step, outcome: `not sent by ${nameOf(method)}`, because: obstacle });
    } else {
      sends.push({ method, delayMinutes: rule.delayMinutes });
      trace.push({
        step,
        outcome: `${nameOf(method)} after ${rule.delayMinutes} min`,
        because: "A rule of this person.",
      });
    }
  }
  return sends;
}

function sendsWithoutRules(input: PlanInput, trace: TraceStep[]): Send[] {
  const hasRules = input.rules.some((rule) => rule.urgency === input.urgency);
  const because = hasRules
    ? `None of the rules for ${input.urgency} urgency can be used: every contact method is used at once.`
    : `No rule for ${input.urgency} urgency: every contact method is used at once.`;
  const sends: Send[] = [];
  for (const method of input.contactMethods) {
    const obstacle = obstacleOf(method);
    if (!obstacle) sends.push({ method, delayMinutes: 0 });
    trace.push({
      step: "default ladder",
      outcome: obstacle ? `not sent by ${nameOf(method)}` : `${nameOf(method)} after 0 min`,
      because: obstacle ?? because,
    });
  }
  return sends;
}

function obstacleOf(method: ContactMethod): string | null {
  if (!CAPABILITIES[method.channel].provider) {
    return `Not available: no provider for ${CHANNEL_NAMES[method.channel]} is configured.`;
  }
  if (!method.enabled)
    return `Switched off${method.lastError ? `: ${method.lastError}` : " by this person"}.`;
  return null;
}

function nameOf(method: ContactMethod): string {
  return `${CHANNEL_NAMES[method.channel]} to ${maskAddress(method.channel, method.address)}`;
}

function describe(planned: PlannedDelivery): string {
  return `${CHANNEL_NAMES[planned.channel]} to ${maskAddress(planned.channel, planned.address)} after ${planned.delayMinutes} min`;
}

function plan(input: PlanInput, send: Omit<PlannedDelivery, "dueAt" | "expiresAt">): PlannedDelivery {
  const dueAt = new Date(input.assignedAt.getTime() + send.delayMinutes * MINUTE);
  return { ...send, dueAt, expiresAt: new Date(dueAt.getTime() + input.expiryMinutes * MINUTE) };
}
