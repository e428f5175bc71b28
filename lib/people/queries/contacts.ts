import { asc, inArray } from "drizzle-orm";
import { contactMethods, notificationRules } from "#db/schema/people";
import { requirePermission } from "#lib/context";
import type { Actor, Context } from "#lib/context";
import type { Urgency } from "#lib/incidents/vocabulary";
import { maskAddress } from "#lib/notifications/address";
import type { Channel, HandoffType } from "#lib/notifications/vocabulary";
import { hasPermission, isSelf } from "#lib/people/permissions";

export type ContactMethodDto = {
  id: string;
  channel: Channel;
  label: string;
  /** Masked for those who have no need to use it; see `isMasked`. */
  address: string;
  isMasked: boolean;
  countryCode: number | null;
  enabled: boolean;
  /** The person answered STOP there. */
  optedOut: boolean;
  verifiedAt: string | null;
  lastDeliveredAt: string | null;
  lastFailedAt: string | null;
  lastError: string | null;
  createdAt: string;
};

export type NotificationRuleDto = {
  id: string;
  contactMethodId: string;
  urgency: Urgency;
  delayMinutes: number;
};

/** When somebody is told that a shift of theirs begins or ends. */
export type HandoffRuleDto = {
  id: string;
  contactMethodId: string;
  handoffType: HandoffType;
  advanceMinutes: number;
};

export type Contacts = {
  methods: ContactMethodDto[];
  /** Those about incidents that are given to the person. */
  rules: NotificationRuleDto[];
  handoffRules: HandoffRuleDto[];
};

/** Ways to reach these people and when each is used; everybody asked for has an entry. */
export async function listContacts(ctx: Context, userIds: readonly string[]): Promise<Map<string, Contacts>> {
  requirePermission(ctx.actor, "read");
  const contacts = new Map(
    userIds.map((id): [string, Contacts] => [id, { methods: [], rules: [], handoffRules: [] }]),
  );
  if (userIds.length === 0) return contacts;
  const [methods, rules] = await Promise.all([
    ctx.db
      .select()
      .from(contactMethods)
      .where(inArray(contactMethods.userId, [...userIds]))
      .orderBy(asc(contactMethods.createdAt), asc(contactMethods.id)),
    ctx.db
      .select()
      .from(notificationRules)
      .where(inArray(notificationRules.userId, [...userIds]))
      .orderBy(
        asc(notificationRules.kind),
        asc(notificationRules.urgency),
        asc(notificationRules.delayMinutes),
        asc(notificationRules.id),
      ),
  ]);
  for (const method of methods) contacts.get(method.userId)?.methods.push(toMethod(method, ctx.actor));
  for (const rule of rules) {
    const { id, contactMethodId, urgency, delayMinutes, handoffType, advanceMinutes } = rule;
    const own = contacts.get(rule.userId);
    if (urgency !== null) own?.rules.push({ id, contactMethodId, urgency, delayMinutes });
    if (handoffType !== null) {
      own?.handoffRules.push({ id, contactMethodId, handoffType, advanceMinutes: advanceMinutes ?? 0 });
    }
  }
  return contacts;
}

function toMethod(row: typeof contactMethods.$inferSelect, actor: Actor): ContactMethodDto {
  const isMasked = !maySeeAddress(actor, row.userId, row.channel);
  return {
    id: row.id,
    channel: row.channel,
    label: row.label,
    address: isMasked ? maskAddress(row.channel, row.address) : row.address,
    isMasked,
    countryCode: row.countryCode,
    enabled: row.enabled,
    optedOut: row.optedOutAt !== null,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    lastDeliveredAt: row.lastDeliveredAt?.toISOString() ?? null,
    lastFailedAt: row.lastFailedAt?.toISOString() ?? null,
    lastError: isMasked ? null : row.lastError,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Colleagues may write and call; the addresses of push, Slack and webhooks work like passwords. */
function maySeeAddress(actor: Actor, userId: string, channel: Channel): boolean {
  if (isSelf(actor, userId) || hasPermission(actor.role, "people.manage")) return true;
  const isForPeople = channel === "email" || channel === "sms" || channel === "phone";
  return isForPeople && hasPermission(actor.role, "incident.respond");
}
