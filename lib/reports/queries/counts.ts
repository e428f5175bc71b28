import { sql } from "drizzle-orm";
import { CLOCKS, incidentsHref } from "#lib/incidents/filter";
import type { Clock } from "#lib/incidents/filter";
import { clockColumn } from "#lib/incidents/queries/filter-conditions";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import type { Counted } from "#lib/reports/report-frame";
import type { ClockSummary, Phase, ResponseReport } from "#lib/reports/response-report";
import { wilson } from "#lib/statistics/wilson";

type Counts = Pick<ResponseReport, "escalated" | "phases"> & {
  waiting: Record<Clock, Pick<ClockSummary, "waiting" | "never">>;
};

type CountRow = { escalated: number; paged: number } & Record<
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

/** How many escalated, how long the phases took, and what is not measured on each clock. */
export async function readCounts(scope: ReportScope): Promise<Counts> {
  const { tx, population, chosen } = scope;
  const [row] = await tx.execute<CountRow>(sql`
    select ${clockCounts()}, ${phaseMedians()},
      count(*) filter (where timeout_escalation_count > 0)::int as escalated,
      count(*) filter (where first_page_at is not null)::int as paged
    ${chosen}`);
  const counted = (count: number | null | undefined, change: Partial<typeof population>): Counted => ({
    count: count ?? 0,
    href: incidentsHref({ ...population, ...change }),
  });
  const of = row?.paged ?? 0;
  return {
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
