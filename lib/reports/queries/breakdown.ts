import { sql } from "drizzle-orm";
import { incidentsHref } from "#lib/incidents/filter";
import type { ChosenClock } from "#lib/reports/queries/chosen-clock";
import { GROUPED, selecting } from "#lib/reports/queries/grouped";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { toSummary } from "#lib/reports/queries/summaries";
import type { SummaryRow } from "#lib/reports/queries/summaries";
import type { Grouping, ResponseFilter } from "#lib/reports/response-filter";
import type { ResponseReport } from "#lib/reports/response-report";

type GroupRow = {
  part: "group" | "priority";
  key: string | null;
  name: string | null;
  rank: number | null;
  open: number;
};

/** The chosen clock by team, service or priority, worst median first; and by priority, worst priority first. */
export async function readBreakdown(
  scope: ReportScope<ResponseFilter>,
  clock: Promise<ChosenClock>,
): Promise<Pick<ResponseReport, "groups" | "strips">> {
  const [rows, { groups, priorities }] = await Promise.all([readGroups(scope), clock]);
  const of = (part: GroupRow["part"], by: Grouping, summaries: readonly SummaryRow[]) =>
    rows.filter((row) => row.part === part).map((row) => groupOf(scope, by, row, summaries));
  return {
    groups: of("group", scope.filter.by, groups).toSorted((a, b) => (b.median ?? -1) - (a.median ?? -1)),
    strips: of("priority", "priority", priorities)
      .filter(({ n }) => n > 0)
      .toSorted((a, b) => (a.rank ?? 99) - (b.rank ?? 99)),
  };
}

/** The groups and priorities with any incidents, and how many of them are open. */
async function readGroups({ tx, filter, chosen }: ReportScope<ResponseFilter>): Promise<GroupRow[]> {
  const grouped = (part: GroupRow["part"], by: Grouping) => {
    const { key, join, name, rank } = GROUPED[by];
    return sql`
      select ${sql.raw(`'${part}'`)} as part, ${key} as key, ${name} as name, ${rank} as rank, sum(f.open)::int as open
      from cells f ${join} group by 2, 3, 4`;
  };
  const rows = await tx.execute<GroupRow>(sql`
    with cells as materialized (
      select service_id, priority_rank, count(*) filter (where status <> 'resolved') as open ${chosen} group by 1, 2
    )
    ${grouped("group", filter.by)} union all ${grouped("priority", "priority")}`);
  return [...rows];
}

function groupOf(
  { filter, population }: ReportScope<ResponseFilter>,
  by: Grouping,
  group: GroupRow,
  summaries: readonly SummaryRow[],
) {
  const part = { ...population, ...selecting(by, group.key ?? "none") };
  const row = summaries.find((summary) => summary.key === group.key);
  return {
    key: group.key ?? "none",
    name: group.name ?? `No ${by}`,
    rank: group.rank,
    ...toSummary(row, incidentsHref({ ...part, clock: filter.clock })),
    open: { count: group.open, href: incidentsHref({ ...part, resolved: false }) },
  };
}
