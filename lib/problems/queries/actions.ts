import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { ACTION_SHOWS } from "#lib/problems/action-filter";
import type { ActionListFilter, ActionShow } from "#lib/problems/action-filter";
import type { ActionState, ActionType } from "#lib/problems/problem";
import type { ActionDto } from "#lib/problems/schemas";

export type ActionFilter = ActionListFilter & {
  id?: string;
  problemId?: string;
  reviewId?: string;
};

const LIMIT = 500;

const IS_OPEN = sql`a.state in ('open', 'in_progress')`;
const IS_OVERDUE = sql`(${IS_OPEN} and coalesce(a.due_on < (now() at time zone 'UTC')::date, false))`;

const SHOWN: Record<ActionShow, SQL> = {
  all: sql`true`,
  open: IS_OPEN,
  overdue: IS_OVERDUE,
  done: sql`a.state = 'done'`,
  dropped: sql`a.state = 'dropped'`,
};

/** The condition of a filter on `corrective_actions a`. */
export function actionConditions(filter: ActionFilter): SQL {
  const conditions = [
    filter.id === undefined ? [] : [sql`a.id = ${filter.id}`],
    filter.problemId === undefined ? [] : [sql`a.problem_id = ${filter.problemId}`],
    filter.reviewId === undefined ? [] : [sql`a.review_id = ${filter.reviewId}`],
    filter.from ? [sql`a.ended_at >= ${filter.from}::timestamptz`] : [],
    filter.to ? [sql`a.ended_at < ${filter.to}::timestamptz`] : [],
  ].flat();
  return sql.join([SHOWN[filter.show ?? "all"], ...conditions], sql` and `);
}

/** Corrective actions, the most urgent first: open before over, by due day; and how many match. */
export async function listActions(
  ctx: Context,
  filter: ActionFilter = {},
  { limit = LIMIT, offset = 0 }: { limit?: number; offset?: number } = {},
): Promise<{ actions: ActionDto[]; total: number }> {
  requirePermission(ctx.actor, "read");
  const where = actionConditions(filter);
  const [rows, total] = await Promise.all([
    readActions(ctx, where, limit, offset),
    countMatching(ctx, where),
  ]);
  return { actions: rows.map(toActionDto), total };
}

/** How many there are of each kind. */
export async function countActions(ctx: Context): Promise<Record<ActionShow, number>> {
  requirePermission(ctx.actor, "read");
  const columns = ACTION_SHOWS.map(
    (show) => sql`(count(*) filter (where ${SHOWN[show]}))::int as ${sql.identifier(show)}`,
  );
  const [row] = await ctx.db.execute<Record<ActionShow, number>>(
    sql`select ${sql.join(columns, sql`, `)} from corrective_actions a`,
  );
  return row ?? { all: 0, open: 0, overdue: 0, done: 0, dropped: 0 };
}

async function countMatching({ db }: Context, where: SQL): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from corrective_actions a where ${where}`,
  );
  return row?.count ?? 0;
}

type ActionRow = {
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
};

async function readActions({ db }: Context, where: SQL, limit: number, offset: number) {
  return db.execute<ActionRow>(sql`
    select a.id, a.title, a.type, a.state, a.owner_id, u.name as owner_name, a.due_on::text,
      ${IS_OVERDUE} as is_overdue,
      a.ticket_url, a.ended_at::text, a.created_at::text, a.problem_id, p.number as problem_number,
      p.title as problem_title, a.review_id, i.number as incident_number
    from corrective_actions a
    left join users u on u.id = a.owner_id
    left join problems p on p.id = a.problem_id
    left join reviews r on r.id = a.review_id
    left join incidents i on i.id = r.incident_id
    where ${where}
    order by a.state in ('done', 'dropped'), a.due_on nulls last, a.created_at, a.id
    limit ${limit} offset ${offset}`);
}

function toActionDto(row: ActionRow): ActionDto {
  return {
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
  };
}
