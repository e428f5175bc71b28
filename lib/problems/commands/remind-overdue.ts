import { sql } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";
import { sendNotices } from "#lib/notifications/commands/send-notices";
import { overdueKey, overdueNotice } from "#lib/problems/overdue-notice";
import type { OverdueItem } from "#lib/problems/overdue-notice";

type Row = OverdueItem & { userId: string };

/**
 * Tells everybody what of theirs is overdue: corrective actions (without an owner of their own, whoever owns the problem) and reviews that
 * are not published. Once when something becomes overdue, then weekly, whatever is asked how often. Answers how many were told.
 */
export async function remindOverdue(scope: TransactionContext): Promise<number> {
  const rows = await scope.tx.execute<Row>(sql`
    with overdue as (
      select coalesce(a.owner_id, p.owner_id) as user_id, 'action' as kind, a.title, a.due_on
      from corrective_actions a left join problems p on p.id = a.problem_id
      where a.state in ('open', 'in_progress') and a.due_on < (now() at time zone 'UTC')::date
      union all
      select r.owner_id, 'review', '#' || i.number || ' ' || i.title, r.due_on
      from reviews r join incidents i on i.id = r.incident_id
      where r.state <> 'published' and r.due_on < (now() at time zone 'UTC')::date
    )
    select o.user_id as "userId", o.kind, o.title, o.due_on::text as "dueOn"
    from overdue o join users u on u.id = o.user_id
    where u.deactivated_at is null
    order by o.due_on, o.title`);
  const today = scope.now.toISOString().slice(0, 10);
  return sendNotices(
    scope,
    [...Map.groupBy(rows, ({ userId }) => userId)].map(([userId, items]) => ({
      userId,
      reason: "digest" as const,
      key: overdueKey(items, today),
      says: overdueNotice(items),
    })),
  );
}
