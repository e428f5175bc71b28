import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import type { Transaction } from "#lib/context";
import type { HandoffNotifications } from "#lib/escalation/policy";

export type AnnouncedSchedule = { id: string; name: string; slug: string };

const ALWAYS: HandoffNotifications = "always";

/** Live schedules whose hand-offs people are told of: some live policy names them that has services, or wants it without. */
export async function loadAnnouncedSchedules(
  db: Database | Transaction,
): Promise<Map<string, AnnouncedSchedule>> {
  const rows = await db.execute<AnnouncedSchedule>(sql`
    select s.id, s.name, s.slug from schedules s
    where s.deleted_at is null and exists (
      select 1 from escalation_targets t
      join escalation_levels l on l.id = t.level_id
      join escalation_policies p on p.id = l.policy_id and p.deleted_at is null
      where t.schedule_id = s.id and (
        p.on_call_handoff_notifications = ${ALWAYS}
        or exists (select 1 from services v where v.escalation_policy_id = p.id and v.deleted_at is null)))`);
  return new Map(rows.map((row) => [row.id, row]));
}
