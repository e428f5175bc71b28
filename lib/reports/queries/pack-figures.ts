import { sql } from "drizzle-orm";
import { CLOCKS, incidentsHref } from "#lib/incidents/filter";
import type { Clock, IncidentFilter } from "#lib/incidents/filter";
import type { DetectionSource } from "#lib/incidents/vocabulary";
import { OURS } from "#lib/reports/detection-report";
import { measuredOf, medianOf } from "#lib/reports/durations";
import { countOf, noticedMs } from "#lib/reports/fact-columns";
import type { FactColumns } from "#lib/reports/fact-columns";
import type { PackFigures } from "#lib/reports/pack-report";
import { openWithin } from "#lib/reports/queries/open-within";
import { whereOf } from "#lib/reports/queries/report-scope";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import { bitOf, bitsOfWord, maskOf } from "#lib/reports/traits";
import type { WordTrait, YesTrait } from "#lib/reports/traits";
import { compareDurations } from "#lib/statistics/comparison";
import { ranksOf } from "#lib/statistics/rank-sum";
import type { Verdict } from "#lib/statistics/verdict";
import { wilson } from "#lib/statistics/wilson";

const KNOWN: readonly DetectionSource[] = [
  "monitoring",
  "internal_person",
  "customer_report",
  "partner",
  "social",
];

/** The figures of the incidents that a filter selects, which are these. */
export async function readFigures(
  scope: ReportScope,
  population: IncidentFilter,
  facts: FactColumns,
): Promise<PackFigures> {
  return figuresOf(population, facts, await readWithoutMajor(scope, population), scope.now.getTime());
}

function figuresOf(
  population: IncidentFilter,
  facts: FactColumns,
  withoutMajor: number | null,
  now: number,
): PackFigures {
  const counted = (count: number, change: Partial<IncidentFilter>) => ({
    count,
    href: incidentsHref({ ...population, ...change }),
  });
  const word = (trait: WordTrait, text: string) => countOf(facts, maskOf(trait), bitsOfWord(trait, text));
  const yes = (trait: YesTrait) => countOf(facts, bitOf(trait));
  const found = (sources: readonly DetectionSource[]) =>
    sources.reduce((sum, source) => sum + word("detection", source), 0);
  const [ours, known] = [
    counted(found(OURS), { detection: OURS }),
    counted(found(KNOWN), { detection: KNOWN }),
  ];
  const scratch = new Float64Array(facts.count);
  const sums = sumsOf(facts, now);
  return {
    incidents: counted(facts.count, {}),
    imported: counted(word("origin", "import"), { origin: ["import"] }),
    high: counted(word("urgency", "high"), { urgency: ["high"] }),
    major: counted(yes("major"), { major: true }),
    withoutMajor,
    escalated: counted(yes("escalated"), { escalated: true }),
    found: { ours, known, proportion: wilson(ours.count, known.count) },
    clocks: CLOCKS.map((clock) => ({
      clock,
      href: incidentsHref({ ...population, clock }),
      ...medianOf(facts[clock], scratch),
    })),
    noticed: counted(yes("impact"), { impact: true }),
    ...sums,
  };
}

function sumsOf(
  facts: FactColumns,
  now: number,
): Pick<PackFigures, "impactMinutes" | "customers" | "engagedHours"> {
  // Whole milliseconds, which add up exactly in any order.
  let [impact, customers, engaged] = [0, 0, 0];
  for (let place = 0; place < facts.count; place += 1) {
    const effort = facts.effort[place] ?? Number.NaN;
    impact += noticedMs(facts, place, now);
    customers += facts.customers[place] ?? 0;
    if (!Number.isNaN(effort)) engaged += effort;
  }
  return { impactMinutes: impact / 60_000, customers, engagedHours: engaged / 3_600_000 };
}

/** One minus the union of the time in which a major incident was open, also of those that began before. */
export async function readWithoutMajor(
  { tx, viewer, now }: ReportScope,
  population: IncidentFilter,
): Promise<number | null> {
  if (population.from === null || population.to === null) return null;
  const open = { ...population, from: null, to: null, major: true };
  const to = new Date(Math.min(Date.parse(population.to), now.getTime())).toISOString();
  if (to <= population.from) return null;
  const [start, end] = [sql`${population.from}::timestamptz`, sql`${to}::timestamptz`];
  const [row] = await tx.execute<{ share: number }>(sql`
    with spans as (
      select range_agg(tstzrange(created_at, coalesce(resolved_at, now()))) * tstzmultirange(tstzrange(${start}, ${end})) as open
      from incident_facts
      where ${whereOf(open, viewer)} and ${openWithin(sql`created_at`, sql`resolved_at`, start, end)}
        and created_at < ${end} and coalesce(resolved_at, now()) > ${start}
        and created_at <= coalesce(resolved_at, now())
    )
    select (1 - coalesce((select sum(extract(epoch from upper(span) - lower(span))) from spans, unnest(spans.open) span), 0)
      / extract(epoch from ${end} - ${start}))::float8 as share`);
  return row?.share ?? null;
}

/** Whether the durations of a clock tend to differ between two selections. */
export function compareClock(clock: Clock, now: FactColumns, before: FactColumns): Verdict {
  const measured = (facts: FactColumns) => measuredOf(facts[clock], facts.number).ms;
  return compareDurations(ranksOf(measured(now), measured(before)));
}
