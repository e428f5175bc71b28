import { sql } from "drizzle-orm";
import { CLOCKS, incidentsHref } from "#lib/incidents/filter";
import type { Clock } from "#lib/incidents/filter";
import { clockColumn } from "#lib/incidents/queries/filter-conditions";
import { whereOf } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import type { ClockSummary, Counted, Phase, ResponseReport } from "#lib/reports/response-report";
import { wilson } from "#lib/statistics/wilson";

type Counts = Pick<ResponseReport, "total" | "open" | "excluded" | "escalated" | "phases"> & {
  waiting: Record<Clock, Pick<ClockSummary, "waiting" | "never">>;
};

type CountRow = { total: number; open: number; escalated: number; paged: number } & Record<
  `${"waiting" | "never"}_${Clock}` | `${"n" | "median"}_${PhaseKey}`,
  number | null
>;

type PhaseKey = (typeof PHASES)[number]["key"];

const PHASES = [
  { key: "detect", name: "Began → detected", from: "started_at", to: "detected_at" },
  { key: "page", name: "First page → acknowledged", from: "first_page_at", to: "first_ack_at" },
  { key: "mitigate", name: "Acknowledged → mitigated", from: "first_ack_at", to: "mitigated_at" },
  { key: "close", name: "Mitigated → resolved", from: "mitigated_at", to: "resolved_at" },
] as const;

/** How many there are, are open, were left out, escalated; and what is not measured on each clock. */
export async function readCounts(scope: ReportScope): Promise<Counts> {
  const { tx, population, viewer, chosen } = scope;
  const merged = { ...population, merged: true };
  const auto = { ...population, auto: true };
  const [[row], [left]] = await Promise.all([
    tx.execute<CountRow>(sql`
      select count(*)::int as total, ${clockCounts()}, ${phaseMedians()},
        count(*) filter (where status <> 'resolved')::int as open,
        count(*) filter (where timeout_escalation_count > 0)::int as escalated,
        count(*) filter (where first_page_at is not null)::int as paged
      ${chosen}`),
    tx.execute<{ merged: number; auto: number }>(sql`
      select (select count(*)::int from incident_facts where ${whereOf(merged, viewer)}) as merged,
        (select count(*)::int from incident_facts where ${whereOf(auto, viewer)}) as auto`),
  ]);
  const counted = (count: number | null | undefined, change: Partial<typeof population>): Counted => ({
    count: count ?? 0,
    href: incidentsHref({ ...population, ...change }),
  });
  const of = row?.paged ?? 0;
  return {
    total: counted(row?.total, {}),
    open: counted(row?.open, { resolved: false }),
    excluded: { merged: counted(left?.merged, merged), auto: counted(left?.auto, auto) },
    escalated: {
      ...counted(row?.escalated, { escalated: true }),
      of,
      proportion: wilson(row?.escalated ?? 0, of),
    },
    phases: PHASES.map(({ key, name }): Phase => ({
      name,
      n: row?.[`n_${key}`] ?? 0,
      median: row?.[`median_${key}`] ?? null,
    })),
    waiting: mapClocks((clock) => ({
      waiting: counted(row?.[`waiting_${clock}`], { without: clock, resolved: false }),
      never: counted(row?.[`never_${clock}`], { without: clock, resolved: true }),
    })),
  };
}

function mapClocks<T>(value: (clock: Clock) => T): Record<Clock, T> {
  return {
    acknowledge: value("acknowledge"),
    respond: value("respond"),
    resolve: value("resolve"),
    mitigate: value("mitigate"),
  };
}

function clockCounts() {
  return sql.join(
    CLOCKS.flatMap((clock) => [
      sql`count(*) filter (where ${clockColumn(clock)} is null and status <> 'resolved')::int as ${sql.raw(`waiting_${clock}`)}`,
      sql`count(*) filter (where ${clockColumn(clock)} is null and status = 'resolved')::int as ${sql.raw(`never_${clock}`)}`,
    ]),
    sql`, `,
  );
}

function phaseMedians() {
  return sql.join(
    PHASES.flatMap(({ key, from, to }) => {
      const [happened, column] = [sql.raw(`${to} >= ${from}`), sql.raw(`${to} - ${from}`)];
      return [
        sql`count(*) filter (where ${happened})::int as ${sql.raw(`n_${key}`)}`,
        sql`(extract(epoch from percentile_cont(0.5) within group (order by ${column}) filter (where ${happened})) * 1000)::float8 as ${sql.raw(`median_${key}`)}`,
      ];
    }),
    sql`, `,
  );
}
