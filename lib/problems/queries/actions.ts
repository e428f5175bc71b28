import { sql } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { ActionState, ActionType } from "#lib/problems/problem";
import type { ActionDto } from "#lib/problems/schemas";

export type ActionFilter = {
  id?: string;
  problemId?: string;
  reviewId?: string;
  /** Those that are not over. */
  isOpen?: boolean;
  limit?: number;
};

const LIMIT = 500;

/** Corrective actions, the most urgent first: open before over, by due day. */
export async function listActions(
  ctx: Context,
  filter: ActionFilter = {},
): Promise<{ actions: ActionDto[] }> {
  requirePermission(ctx.actor, "read");
  const conditions = [
    filter.id === undefined ? sql`true` : sql`a.id = ${filter.id}`,
    filter.problemId === undefined ? sql`true` : sql`a.problem_id = ${filter.problemId}`,
    filter.reviewId === undefined ? sql`true` : sql`a.review_id = ${filter.reviewId}`,
    filter.isOpen ? sql`a.state in ('open', 'in_progress')` : sql`true`,
  ];
  const rows = await ctx.db.execute<{
    id: string;
    title: string;
    type: ActionType;
    state: ActionState;
    owner_id: string | null;
    owner_name: string | null;
    due_on: string | null;
    is_overdue: boolean;
    ticket_url: string | null;
    ended_at: string | null;
    created_at: string;
    problem_id: string | null;
    problem_number: number | null;
    problem_title: string | null;
    review_id: string | null;
    incident_number: number | null;
  }>(sql`
    select a.id, a.title, a.type, a.state, a.owner_id, u.name as owner_name, a.due_on::text,
      coalesce(a.state in ('open', 'in_progress') and a.due_on < (now() at time zone 'UTC')::date, false) as is_overdue,
      a.ticket_url, a.ended_at::text, a.created_at::text, a.problem_id, p.number as problem_number,
      p.title as problem_title, a.review_id, i.number as incident_number
    from corrective_actions a
    left join users u on u.id = a.owner_id
    left join problems p on p.id = a.problem_id
    left join reviews r on r.id = a.review_id
    left join incidents i on i.id = r.incident_id
    where ${sql.join(conditions, sql` and `)}
    order by a.state in ('done', 'dropped'), a.due_on nulls last, a.created_at, a.id
    limit ${filter.limit ?? LIMIT}`);
  return {
    actions: rows.map((row) => ({
      id: row.id,
      title: row.title,
      type: row.type,
      state: row.state,
      owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? "" },
      dueOn: row.due_on,
      isOverdue: row.is_overdue,
      ticketUrl: row.ticket_url,
      endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
      createdAt: new Date(row.created_at).toISOString(),
      problem:
        row.problem_id === null
          ? null
          : { id: row.problem_id, number: row.problem_number ?? 0, title: row.problem_title ?? "" },
      review: row.review_id === null ? null : { id: row.review_id, incidentNumber: row.incident_number ?? 0 },
    })),
  };
}
