import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import type { Transaction } from "#lib/context";
import { isAvailable } from "#lib/notifications/queries/available-channels";
import type { LowUrgencyHours } from "#lib/notifications/low-urgency-hours";
import type { PersonRule } from "#lib/notifications/plan-page";
import type { ContactMethod } from "#lib/notifications/rules";

export type Recipient = {
  userId: string;
  name: string;
  email: string;
  timeZone: string;
  lowUrgencyHours: LowUrgencyHours | null;
  rules: PersonRule[];
  contactMethods: ContactMethod[];
};

/** How people want to be reached, in one statement for all of them. Unknown ids are missing from the answer. */
export async function readRecipients(
  db: Database | Transaction,
  userIds: readonly string[],
): Promise<Map<string, Recipient>> {
  const rows = await db.execute<Recipient>(sql`
    select u.id as "userId", u.name, u.email, u.time_zone as "timeZone", u.low_urgency_hours as "lowUrgencyHours",
      coalesce((
        select jsonb_agg(jsonb_build_object('contactMethodId', r.contact_method_id, 'kind', r.kind, 'urgency', r.urgency,
          'delayMinutes', r.delay_minutes, 'advanceMinutes', r.advance_minutes, 'handoffType', r.handoff_type) order by r.delay_minutes, r.id)
        from notification_rules r where r.user_id = u.id
      ), '[]') as rules,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', m.id, 'channel', m.channel, 'label', m.label, 'address', m.address,
          'enabled', m.enabled, 'available', ${isAvailable(sql`m.channel`)}, 'lastError', m.last_error) order by m.created_at, m.id)
        from contact_methods m where m.user_id = u.id
      ), '[]') as "contactMethods"
    from users u where u.id = any(${sql.param([...new Set(userIds)])}::text[])`);
  return new Map(rows.map((row) => [row.userId, row]));
}
