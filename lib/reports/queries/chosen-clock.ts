import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { clockColumn } from "#lib/incidents/queries/filter-conditions";
import type { ReportPeriod } from "#lib/reports/period";
import { GROUPED } from "#lib/reports/queries/grouped";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { summarise } from "#lib/reports/queries/summaries";
import type { SummaryRow } from "#lib/reports/queries/summaries";
import type { ResponseFilter } from "#lib/reports/response-filter";

/** The durations of the chosen clock in all, and by period (counted from 1), group and priority. */
export type ChosenClock = {
  all: SummaryRow | undefined;
  periods: SummaryRow[];
  groups: SummaryRow[];
  priorities: SummaryRow[];
};

type Part = "all" | "period" | "group" | "priority";

/**
 * Sorts the durations of the chosen clock once for everything that is said about them. Each part gathers its own in the order in which
 * they come, which a hash table keeps and a sort by the part's key would not: so sorting is made the planner's last resort.
 */
export async function readChosenClock(
  { tx, filter, chosen }: ReportScope<ResponseFilter>,
  periods: readonly ReportPeriod[],
): Promise<ChosenClock> {
  const { key, join } = GROUPED[filter.by];
  const ms = sql`f.${sql.identifier(clockColumn(filter.clock).name)}`;
  // Read once in a subquery: as a cast in place they would be parsed for every row.
  const starts = sql`(select ${sql.param(periods.map(({ start }) => new Date(start).toISOString()))}::text[]::timestamptz[])`;
  const [, rows] = await Promise.all([
    tx.execute(sql`set local enable_sort = off`),
    tx.execute<SummaryRow & { part: Part }>(sql`
      with measured as materialized (
        select ${key} as "group", q.name as priority, width_bucket(f.created_at, ${starts})::text as period, ${ms} as ms, f.number
        from (select * ${chosen}) f ${join} left join priorities q on q.rank = f.priority_rank
        where ${ms} is not null
        order by ms, f.number
      ),
      sorted as (
        ${gathered("all", sql`null`, sql`having count(*) > 0`)}
        union all ${gathered("period", sql`period`, sql`group by period`)}
        union all ${gathered("group", sql`"group"`, sql`group by "group"`)}
        union all ${gathered("priority", sql`priority`, sql`group by priority`)}
      )
      ${summarise(sql`s.part`)}`),
    tx.execute(sql`set local enable_sort = on`),
  ]);
  const of = (part: Part) => rows.filter((row) => row.part === part);
  return { all: of("all")[0], periods: of("period"), groups: of("group"), priorities: of("priority") };
}

function gathered(part: Part, key: SQL, grouping: SQL): SQL {
  return sql`
    select ${sql.raw(`'${part}'`)} as part, ${key}::text as key, count(*)::int as n, avg(ms)::float8 as mean,
      array_agg(ms) as durations, array_agg(number) as numbers
    from measured ${grouping}`;
}
