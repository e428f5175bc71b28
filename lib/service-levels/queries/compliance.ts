import { sql } from "drizzle-orm";
import { readNow, requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import { EVERY_INCIDENT, incidentsHref } from "#lib/incidents/filter";
import type { IncidentFilter } from "#lib/incidents/filter";
import type { FilterViewer } from "#lib/incidents/queries/filter-conditions";
import { whereOf } from "#lib/reports/queries/report-scope";
import { LEVEL_STATE } from "#lib/service-levels/queries/level-state";
import { readAvailability } from "#lib/service-levels/queries/availability";
import type { Compliance, LevelCompliance, LevelCount, ServiceLevelReport } from "#lib/service-levels/report";
import { errorBudget } from "#lib/service-levels/state";
import type { ServiceLevelState } from "#lib/service-levels/vocabulary";
import { wilson } from "#lib/statistics/wilson";
import { DAY, startOfDay } from "#lib/time/calendar";
import { instantAt, wallClockAt } from "#lib/time/wall-clock";

export type ServiceLevelFilter = Pick<IncidentFilter, "team" | "service">;

const ROLLING_DAYS = 28;
const SHOWN_MISSES = 10;

type Row = {
  policyId: string;
  state: ServiceLevelState;
  inMonth: boolean;
  priority: string | null;
  rank: number | null;
  count: number;
};

/** How every promise was kept this month and in the last 28 days, and how available the services that customers meet were. */
export async function readServiceLevelReport(
  ctx: Context,
  filter: ServiceLevelFilter,
): Promise<ServiceLevelReport> {
  requirePermission(ctx.actor, "read");
  const { id: userId, timeZone } = ctx.actor;
  return ctx.db.transaction(
    async (tx) => {
      const now = await readNow(tx);
      const windows = windowsAt(now, timeZone);
      const [levels, availability] = await Promise.all([
        readLevels(tx, { userId, timeZone }, filter, windows),
        readAvailability(tx, filter, { timeZone, ...windows }),
      ]);
      return {
        generatedAt: now.toISOString(),
        timeZone,
        monthStart: new Date(windows.month).toISOString(),
        rollingStart: new Date(windows.rolling).toISOString(),
        levels,
        availability,
      };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

/** The month and the 28 days that end with today, in a zone. */
export function windowsAt(now: Date, timeZone: string): Windows {
  const today = startOfDay(wallClockAt(timeZone, now.getTime()));
  const first = today - (new Date(today).getUTCDate() - 1) * DAY;
  return {
    month: instantAt(timeZone, first),
    rolling: instantAt(timeZone, today - (ROLLING_DAYS - 1) * DAY),
    end: instantAt(timeZone, today + DAY),
  };
}

/** How every promise about these services was kept in both windows. */
export async function readLevels(
  tx: Transaction,
  viewer: FilterViewer,
  filter: ServiceLevelFilter,
  windows: Windows,
): Promise<LevelCompliance[]> {
  const [policies, rows, misses] = await Promise.all([
    tx.execute<Omit<LevelCompliance, "month" | "rolling" | "priorities" | "misses">>(sql`
      select id as "policyId", name, metric, goal_percent as "goalPercent" from service_level_policies
      where deleted_at is null order by name`),
    readCounts(tx, viewer, filter, windows),
    readMisses(tx, viewer, filter, windows.rolling),
  ]);
  return policies.map((policy) => {
    const own = rows.filter(({ policyId }) => policyId === policy.policyId);
    const at = (start: number, chosen: readonly Row[], priority?: string) =>
      complianceOf(policy, chosen, {
        ...filter,
        ...rangeOf(start, windows.end),
        ...(priority && { priority: [priority] }),
      });
    const rolling = own.filter(({ inMonth }) => !inMonth);
    const byPriority = [...Map.groupBy(rolling, ({ priority }) => priority)];
    return {
      ...policy,
      month: at(
        windows.month,
        own.filter(({ inMonth }) => inMonth),
      ),
      rolling: at(windows.rolling, rolling),
      priorities: byPriority
        .toSorted(([, [a]], [, [b]]) => (a?.rank ?? 99) - (b?.rank ?? 99))
        .map(([priority, chosen]) => ({ priority, ...at(windows.rolling, chosen, priority ?? "none") })),
      misses: misses.filter(({ policyId }) => policyId === policy.policyId),
    };
  });
}

type Windows = { month: number; rolling: number; end: number };

function rangeOf(start: number, end: number) {
  return { from: new Date(start).toISOString(), to: new Date(end).toISOString() };
}

/** One row for each promise, window, priority and state. Both windows are read at once. */
async function readCounts(
  tx: Transaction,
  viewer: FilterViewer,
  filter: ServiceLevelFilter,
  windows: Windows,
) {
  const since = Math.min(windows.month, windows.rolling);
  const chosen = whereOf({ ...EVERY_INCIDENT, ...filter, ...rangeOf(since, windows.end) }, viewer);
  const at = (instant: number) => sql`${new Date(instant).toISOString()}::timestamptz`;
  return tx.execute<Row>(sql`
    with levels as (
      select l.policy_id, ${LEVEL_STATE} as state, f.priority_rank as rank, l.created_at
      from incident_service_levels l
      join (select incident_id, priority_rank from incident_facts where ${chosen}) f on f.incident_id = l.incident_id
      where l.created_at >= ${at(since)}
    ),
    -- By bytes: to sort tens of thousands of names by the rules of a language takes longer than to read them.
    counted as (
      select policy_id collate "C" as policy_id, state collate "C" as state, rank,
        (count(*) filter (where created_at >= ${at(windows.month)}))::int as month,
        (count(*) filter (where created_at >= ${at(windows.rolling)}))::int as rolling
      from levels group by 1, 2, 3
    )
    select c.policy_id as "policyId", c.state, w."inMonth", p.name as priority, c.rank, w.count
    from counted c
    cross join lateral (values (true, c.month), (false, c.rolling)) w("inMonth", count)
    left join priorities p on p.rank = c.rank
    where w.count > 0`);
}

function complianceOf(
  policy: { policyId: string; goalPercent: number },
  rows: readonly Row[],
  scope: Partial<IncidentFilter>,
): Compliance {
  const of = (state: ServiceLevelState): LevelCount => ({
    count: rows.reduce((sum, row) => sum + (row.state === state ? row.count : 0), 0),
    href: incidentsHref({ ...EVERY_INCIDENT, ...scope, level: `${policy.policyId}:${state}` }),
  });
  const states = {
    on_track: of("on_track"),
    at_risk: of("at_risk"),
    paused: of("paused"),
    met: of("met"),
    breached: of("breached"),
    not_needed: of("not_needed"),
  };
  const judged = states.met.count + states.breached.count;
  const interval = wilson(states.met.count, judged);
  return {
    states,
    judged,
    share: judged === 0 ? null : states.met.count / judged,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    budget: errorBudget(policy.goalPercent, judged, states.breached.count),
  };
}

/** The newest broken promises of each kind in the last 28 days, and by how much they were late; null: they still are. */
async function readMisses(tx: Transaction, viewer: FilterViewer, filter: ServiceLevelFilter, since: number) {
  const from = new Date(since).toISOString();
  const chosen = whereOf({ ...EVERY_INCIDENT, ...filter, from }, viewer);
  // From the newest on, promise by promise, as far as it takes to find enough.
  return tx.execute<LevelCompliance["misses"][number] & { policyId: string }>(sql`
    select p.id as "policyId", i.number, i.title, s.name as service,
      (extract(epoch from b.ended_at - b.due_at) * 1000)::float8 as "lateMs"
    from service_level_policies p
    cross join lateral (
      select l.incident_id, l.created_at, l.ended_at, l.due_at from incident_service_levels l
      where l.policy_id = p.id and l.created_at >= ${from}::timestamptz and (${LEVEL_STATE}) = 'breached'
        and exists (select from incident_facts where incident_facts.incident_id = l.incident_id and ${chosen})
      order by l.created_at desc limit ${SHOWN_MISSES}
    ) b
    join incidents i on i.id = b.incident_id join services s on s.id = i.service_id
    where p.deleted_at is null
    order by p.id, b.created_at desc`);
}
