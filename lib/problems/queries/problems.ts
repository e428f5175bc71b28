import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { loadSettings } from "#lib/organisation/queries/settings";
import { costOf } from "#lib/problems/cost";
import type { CostRates } from "#lib/problems/cost";
import { PROBLEM_STATES } from "#lib/problems/problem";
import type { ProblemState } from "#lib/problems/problem";
import type { ProblemDto } from "#lib/problems/schemas";

type ProblemRow = {
  id: string;
  number: number;
  title: string;
  state: ProblemState;
  state_changed_at: string;
  service_id: string | null;
  service_name: string | null;
  service_slug: string | null;
  template: string | null;
  feature: string | null;
  owner_id: string | null;
  owner_name: string | null;
  cause: string | null;
  workaround: string | null;
  due_on: string | null;
  is_overdue: boolean;
  fixed_at: string | null;
  created_at: string;
  incidents: number;
  last_incident_at: string | null;
  since_fix: number | null;
  engaged_ms: string;
  impact_ms: string;
  sleep_interruptions: number;
  open_actions: number;
};

// More than one answer holds.
const MOST = 1000;
const MOST_IN_COLUMN = 30;

export type ProblemList = {
  problems: ProblemDto[];
  /** What the costs are made of: they are estimates. */
  rates: CostRates & { currency: string };
};

/** The costliest first. An incident counts while it is linked to the problem and not merged away. */
export async function listProblems(
  ctx: Context,
  { state = null }: { state?: ProblemState | null } = {},
  { limit = MOST, offset = 0 }: { limit?: number; offset?: number } = {},
): Promise<ProblemList & { total: number }> {
  requirePermission(ctx.actor, "read");
  const rates = await loadSettings(ctx.db);
  const condition = state === null ? sql`true` : sql`p.state = ${state}`;
  const cost = sql`(coalesce(t.engaged_ms, 0) / 3600000.0 * ${rates.cost_per_hour}::float8
    + coalesce(t.impact_ms, 0) / 60000.0 * ${rates.cost_per_impact_minute}::float8)`;
  const [rows, counts] = await Promise.all([
    readProblems(
      ctx,
      condition,
      sql`${cost} desc, coalesce(t.incidents, 0) desc, p.number limit ${limit} offset ${offset}`,
    ),
    countProblems(ctx),
  ]);
  const total = state === null ? Object.values(counts).reduce((sum, count) => sum + count, 0) : counts[state];
  return { problems: rows.map((row) => toProblemDto(row, rates)), rates, total };
}

/** Of each state the problems that moved last, at most thirty; the costliest first. */
export async function listBoard(ctx: Context): Promise<ProblemList> {
  requirePermission(ctx.actor, "read");
  const [rows, rates] = await Promise.all([
    readProblems(
      ctx,
      sql`p.id in (
        select id from (
          select id, row_number() over (partition by state order by state_changed_at desc, id) as place from problems
        ) placed where place <= ${MOST_IN_COLUMN})`,
    ),
    loadSettings(ctx.db),
  ]);
  const problems = rows.map((row) => toProblemDto(row, rates));
  return {
    problems: problems.toSorted((a, b) => b.cost - a.cost || b.incidentCount - a.incidentCount),
    rates,
  };
}

/** How many problems stand in each state. */
export async function countProblems(ctx: Context): Promise<Record<ProblemState, number>> {
  requirePermission(ctx.actor, "read");
  const rows = await ctx.db.execute<{ state: ProblemState; count: number }>(
    sql`select state, count(*)::int as count from problems group by state`,
  );
  const entries = PROBLEM_STATES.map((state) => [state, rows.find((row) => row.state === state)?.count ?? 0]);
  return Object.fromEntries(entries) as Record<ProblemState, number>;
}

/** Problems with what their incidents add up to. `condition` is about `p`; `order` about it and the sums `t`. */
export async function readProblems(
  { db }: Pick<Context, "db">,
  condition: SQL,
  order = sql`p.number`,
): Promise<ProblemRow[]> {
  return [
    ...(await db.execute<ProblemRow>(sql`
      select p.id, p.number, p.title, p.state, p.state_changed_at::text, p.service_id, s.name as service_name,
        s.slug as service_slug, p.template, p.feature, p.owner_id, u.name as owner_name, p.cause, p.workaround,
        p.due_on::text, coalesce(p.due_on < (now() at time zone 'UTC')::date
          and p.state not in ('closed', 'risk_accepted'), false) as is_overdue,
        p.fixed_at::text, p.created_at::text,
        coalesce(t.incidents, 0)::int as incidents, t.last_incident_at::text, 
        case when p.fixed_at is not null then coalesce(t.since_fix, 0)::int end as since_fix,
        coalesce(t.engaged_ms, 0)::text as engaged_ms, coalesce(t.impact_ms, 0)::text as impact_ms,
        coalesce(t.sleep_interruptions, 0)::int as sleep_interruptions,
        (select count(*)::int from corrective_actions a
          where a.problem_id = p.id and a.state in ('open', 'in_progress')) as open_actions
      from problems p
      left join services s on s.id = p.service_id
      left join users u on u.id = p.owner_id
      left join lateral (
        select count(*) as incidents, max(f.created_at) as last_incident_at,
          count(*) filter (where f.created_at > p.fixed_at) as since_fix,
          sum(coalesce(f.effort_ms, f.engaged_ms, 0)) as engaged_ms,
          sum(greatest(0, extract(epoch from (f.impact_ended_at - f.impact_started_at)) * 1000))
            filter (where f.customer_impact) as impact_ms,
          sum(f.sleep_interruption_count) as sleep_interruptions
        from problem_incidents l join incident_facts f on f.incident_id = l.incident_id
        where l.problem_id = p.id and l.removed_at is null and not f.merged
      ) t on true
      where ${condition}
      order by ${order}`)),
  ];
}

export function toProblemDto(row: ProblemRow, rates: CostRates): ProblemDto {
  const effort = { engagedMs: Number(row.engaged_ms), impactMs: Math.round(Number(row.impact_ms)) };
  const iso = (text: string | null) => (text === null ? null : new Date(text).toISOString());
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    state: row.state,
    stateChangedAt: new Date(row.state_changed_at).toISOString(),
    service:
      row.service_id === null
        ? null
        : { id: row.service_id, name: row.service_name ?? "", slug: row.service_slug ?? "" },
    feature: row.feature,
    isGathering: row.template !== null || row.feature !== null,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? "" },
    workaround: row.workaround,
    dueOn: row.due_on,
    isOverdue: row.is_overdue,
    fixedAt: iso(row.fixed_at),
    createdAt: new Date(row.created_at).toISOString(),
    incidentCount: row.incidents,
    lastIncidentAt: iso(row.last_incident_at),
    recurrencesSinceFix: row.since_fix,
    ...effort,
    sleepInterruptions: row.sleep_interruptions,
    cost: costOf(effort, rates),
    openActions: row.open_actions,
  };
}
