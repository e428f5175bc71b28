import type { TraceStep } from "#lib/events/trace";
import type { Urgency } from "#lib/incidents/vocabulary";
import { maskAddress } from "#lib/notifications/address";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import { defaultLadder } from "#lib/notifications/default-ladder";
import type { Channel } from "#lib/notifications/vocabulary";

export type ContactMethod = {
  id: string;
  channel: Channel;
  label: string;
  address: string;
  enabled: boolean;
  /** Whether pages can go out over its channel: built in, or with a provider. */
  available: boolean;
  lastError?: string | null;
};

/** A step of the ladder of one urgency; null: the rule is about something else. */
export type NotificationRule = { contactMethodId: string; urgency: Urgency | null; delayMinutes: number };

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

type Usable = Pick<ContactMethod, "id" | "channel" | "enabled" | "available">;

type Choice<Method> = {
  rules: readonly NotificationRule[];
  contactMethods: readonly Method[];
  urgency: Urgency;
};

/**
 * Which contact methods a page of this urgency uses, and when: those of the rules; where none of these is usable, every usable
 * contact method by the default ladder; and without one of those none, so that only the e-mail address of the account is left.
 */
export function chooseSends<Method extends Usable>(
  input: Choice<Method>,
): { by: "rules" | "ladder" | "account"; sends: { method: Method; delayMinutes: number }[] } {
  const usable = new Map(input.contactMethods.filter(isUsable).map((method) => [method.id, method]));
  const byRule = input.rules.flatMap(({ urgency, contactMethodId, delayMinutes }) => {
    const method = usable.get(contactMethodId);
    return urgency === input.urgency && method ? [{ method, delayMinutes }] : [];
  });
  if (byRule.length > 0) {
    return { by: "rules", sends: byRule.toSorted((a, b) => a.delayMinutes - b.delayMinutes) };
  }
  const sends = defaultLadder([...usable.values()], input.urgency);
  return { by: sends.length > 0 ? "ladder" : "account", sends };
}

function isUsable({ enabled, available }: Usable): boolean {
  return enabled && available;
}

/**
 * Which sends a person gets for one page, in the order of their time. Never empty: without a usable rule the default ladder is
 * used, and without a usable contact method the e-mail address of the account. The trace says why, address by address.
 */
export function planDeliveries(input: PlanInput): DeliveryPlan {
  const { by, sends } = chooseSends(input);
  const trace = [...traceRules(input), ...(by === "rules" ? [] : traceLadder(input, sends))];
  if (by !== "account") {
    const deliveries = sends.map(({ method, delayMinutes }) =>
      plan(input, {
        channel: method.channel,
        contactMethodId: method.id,
        address: method.address,
        delayMinutes,
      }),
    );
    return { deliveries, trace };
  }
  const last = plan(input, {
    channel: "email",
    contactMethodId: null,
    address: input.accountEmail,
    delayMinutes: 0,
  });
  trace.push({
    step: "account e-mail",
    outcome: describe(last),
    because: "No usable contact method: the e-mail address of the account is the last resort.",
  });
  return { deliveries: [last], trace };
}

function traceRules(input: PlanInput): TraceStep[] {
  const methods = new Map(input.contactMethods.map((method) => [method.id, method]));
  return input.rules.flatMap(({ urgency, contactMethodId, delayMinutes }) => {
    const method = methods.get(contactMethodId);
    if (urgency !== input.urgency || !method) return [];
    const obstacle = obstacleOf(method);
    return [
      {
        step: `rule: ${urgency} urgency, ${delayMinutes} min`,
        outcome: obstacle ? `not sent by ${nameOf(method)}` : `${nameOf(method)} after ${delayMinutes} min`,
        because: obstacle ?? "A rule of this person.",
      },
    ];
  });
}

function traceLadder(
  input: PlanInput,
  sends: readonly { method: ContactMethod; delayMinutes: number }[],
): TraceStep[] {
  const hasRules = input.rules.some((rule) => rule.urgency === input.urgency);
  const because = hasRules
    ? `None of the rules for ${input.urgency} urgency can be used: the default ladder is.`
    : `No rule for ${input.urgency} urgency: the default ladder is used.`;
  const minutes = new Map(sends.map(({ method, delayMinutes }) => [method.id, delayMinutes]));
  return input.contactMethods.map((method) => {
    const delayMinutes = minutes.get(method.id);
    if (delayMinutes === undefined) {
      return {
        step: "default ladder",
        outcome: `not sent by ${nameOf(method)}`,
        because: obstacleOf(method) ?? "What rings is not used for low urgency while there is another way.",
      };
    }
    return { step: "default ladder", outcome: `${nameOf(method)} after ${delayMinutes} min`, because };
  });
}

function obstacleOf(method: ContactMethod): string | null {
  if (!method.available) {
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
