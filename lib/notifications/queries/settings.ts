import { asc, eq, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { contactMethods, notificationRules, users } from "#db/schema/people";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { maskAddress } from "#lib/notifications/address";
import { loadPushKeys } from "#lib/notifications/channels/push-keys";
import { isSelf } from "#lib/people/permissions";
import { lintNotificationRules } from "#lib/notifications/lint";
import type { LintWarning, PersonLevel } from "#lib/notifications/lint";
import type { LowUrgencyHours } from "#lib/notifications/low-urgency-hours";
import type { PersonRule } from "#lib/notifications/plan-page";
import { readAvailableChannels } from "#lib/notifications/queries/available-channels";
import type { ContactMethodDto } from "#lib/notifications/schemas";
import type { Channel } from "#lib/notifications/vocabulary";
import { hasPermission } from "#lib/people/permissions";

export type RuleDto = PersonRule & { id: string };

export type NotificationSettings = {
  contactMethods: ContactMethodDto[];
  rules: RuleDto[];
  /** When what can wait may be sent; null: at any time. */
  lowUrgencyHours: LowUrgencyHours | null;
  timeZone: string;
  /** Whether this person asked for a test every week. */
  selfTest: boolean;
  warnings: LintWarning[];
  /** The channels over which pages can go out here. */
  availableChannels: Channel[];
};

/** How a person is reached, and what would keep it from working. Addresses are whole only for themselves and who manages people. */
export async function readNotificationSettings(
  ctx: Context,
  input: { userId: string },
): Promise<NotificationSettings> {
  requirePermission(ctx.actor, "read");
  const { db, actor } = ctx;
  const [[user], methods, rules, levels, available] = await Promise.all([
    db
      .select({
        email: users.email,
        timeZone: users.timeZone,
        lowUrgencyHours: users.lowUrgencyHours,
        selfTest: users.selfTest,
      })
      .from(users)
      .where(eq(users.id, input.userId)),
    db
      .select()
      .from(contactMethods)
      .where(eq(contactMethods.userId, input.userId))
      .orderBy(asc(contactMethods.createdAt), asc(contactMethods.id)),
    db
      .select({
        id: notificationRules.id,
        kind: notificationRules.kind,
        contactMethodId: notificationRules.contactMethodId,
        urgency: notificationRules.urgency,
        delayMinutes: notificationRules.delayMinutes,
        advanceMinutes: notificationRules.advanceMinutes,
        handoffType: notificationRules.handoffType,
      })
      .from(notificationRules)
      .where(eq(notificationRules.userId, input.userId))
      .orderBy(asc(notificationRules.delayMinutes), asc(notificationRules.id)),
    readLevels(db, input.userId),
    readAvailableChannels(db),
  ]);
  if (!user) throw new AppError("not_found", "There is no such person.");
  const whole = isSelf(actor, input.userId) || hasPermission(actor.role, "people.manage");
  return {
    contactMethods: methods.map((method) => toDto(method, whole, available)),
    rules,
    lowUrgencyHours: user.lowUrgencyHours,
    timeZone: user.timeZone,
    selfTest: user.selfTest,
    warnings: lintNotificationRules({
      rules,
      contactMethods: methods.map((method) => ({ ...method, available: available.has(method.channel) })),
      accountEmail: user.email,
      levels,
    }),
    availableChannels: [...available],
  };
}

/** The public half of the key that browsers subscribe to (applicationServerKey). */
export async function readPushKey(ctx: Context): Promise<{ publicKey: string }> {
  requirePermission(ctx.actor, "read");
  return { publicKey: (await loadPushKeys(ctx.db)).publicKey };
}

/** The levels a person is on, by name or through a schedule's current version. Those that only tell hand nothing on. */
async function readLevels(db: Database, userId: string): Promise<PersonLevel[]> {
  return db.execute<PersonLevel>(sql`
    select distinct p.name as "policyName", l.position, coalesce(l.cycle_minutes, l.delay_minutes) as "delayMinutes",
      l.position = (select max(o.position) from escalation_levels o where o.policy_id = p.id) as "isLast"
    from escalation_targets t
    join escalation_levels l on l.id = t.level_id and not l.notify_only
    join escalation_policies p on p.id = l.policy_id and p.deleted_at is null
    where t.user_id = ${userId} or t.schedule_id in (
      select v.schedule_id from schedule_layer_members m
      join schedule_layers y on y.id = m.layer_row_id
      join schedule_versions v on v.id = y.version_id and v.effective_to is null
      where m.user_id = ${userId}
    )
    order by "policyName", l.position`);
}

function toDto(
  method: typeof contactMethods.$inferSelect,
  whole: boolean,
  available: ReadonlySet<Channel>,
): ContactMethodDto {
  const { id, channel, label, address, enabled, lastError } = method;
  return {
    id,
    channel,
    label,
    address: whole ? address : maskAddress(channel, address),
    enabled,
    available: available.has(channel),
    verifiedAt: method.verifiedAt?.toISOString() ?? null,
    lastDeliveredAt: method.lastDeliveredAt?.toISOString() ?? null,
    lastFailedAt: method.lastFailedAt?.toISOString() ?? null,
    lastError: whole ? lastError : null,
  };
}
