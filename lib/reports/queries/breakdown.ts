import { sql } from "drizzle-orm";
import { incidentsHref } from "#lib/incidents/filter";
import { clockColumn } from "#lib/incidents/queries/filter-conditions";
import { GROUPED, selecting } from "#lib/reports/queries/grouped";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { selectSummaries, toSummary } from "#lib/reports/queries/summaries";
import type { SummaryRow } from "#lib/reports/queries/summaries";
import type { Grouping, ResponseFilter } from "#lib/reports/response-filter";
import type { ResponseReport } from "#lib/reports/response-report";

type GroupRow = { key: string | null; name: string | null; rank: number | null; open: number };

/** The chosen clock by team, service or priority, worst median first; and by priority, worst priority first. */
export async function readBreakdown(
  scope: ReportScope<ResponseFilter>,
): Promise<Pick<ResponseReport, "groups" | "strips">> {
  const { by } = scope.filter;
  const priorities = readGroups(scope, "priority");
  const [groups, strips] = await Promise.all([
    by === "priority" ? priorities : readGroups(scope, by),
    priorities,
  ]);
  return {
    groups: groups.toSorted((a, b) => (b.median ?? -1) - (a.median ?? -1)),
    strips: strips.filter(({ n }) => n > 0).toSorted((a, b) => (a.rank ?? 99) - (b.rank ?? 99)),
  };
}

async function readGroups({ tx, filter, population, chosen }: ReportScope<ResponseFilter>, by: Grouping) {
  const { key, join, name, rank } = GROUPED[by];
  const ms = sql`f.${sql.identifier(clockColumn(filter.clock).name)}`;
  const [summaries, groups] = await Promise.all([
    tx.execute<SummaryRow>(
      selectSummaries(sql`
        select ${key} collate "C" as key, ${ms} as ms, f.number
        from (select * ${chosen}) f ${join}
        where ${ms} is not null`),
    ),
    tx.execute<GroupRow>(sql`
      select ${key} as key, ${name} as name, ${rank} as rank,
        count(*) filter (where f.status <> 'resolved')::int as open
      from (select * ${chosen}) f ${join}
      group by 1, 2, 3`),
  ]);
  return groups.map((group) => {
    const part = { ...population, ...selecting(by, group.key ?? "none") };
    const row = summaries.find((summary) => summary.key === group.key);
    return {
      key: group.key ?? "none",
      name: group.name ?? `No ${by}`,
      rank: group.rank,
      ...toSummary(row, incidentsHref({ ...part, clock: filter.clock })),
      open: { count: group.open, href: incidentsHref({ ...part, resolved: false }) },
    };
  });
}
