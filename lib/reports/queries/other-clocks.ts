import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { CLOCKS } from "#lib/incidents/filter";
import type { Clock } from "#lib/incidents/filter";
import { clockColumn } from "#lib/incidents/queries/filter-conditions";
import type { Counts } from "#lib/reports/queries/counts";
import { phaseLength, PHASES } from "#lib/reports/queries/phases";
import { readRanked } from "#lib/reports/queries/ranked";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import type { SummaryRow } from "#lib/reports/queries/summaries";
import type { Phase } from "#lib/reports/response-report";
import { medianInterval } from "#lib/statistics/median-interval";
import { quantileRanks } from "#lib/statistics/quantile";

const QUANTILES = [0.25, 0.5, 0.75, 0.9];

type Longest = { clock: Clock; id: string; number: number; title: string };

/** The clocks that were not chosen, as far as anything was measured, and the median of each phase. */
export async function readOtherClocks(
  { tx, chosen }: ReportScope,
  chosenClock: Clock,
  measured: Counts["measured"],
): Promise<{ clocks: Map<Clock, SummaryRow>; phases: Phase[] }> {
  const clocks = CLOCKS.filter((clock) => clock !== chosenClock && measured[clock] > 0);
  const phases = PHASES.filter(({ key }) => measured[key] > 0);
  const found = await readRanked(tx, chosen, [
    ...clocks.map((clock) => ({
      value: sql`${clockColumn(clock)}`,
      n: measured[clock],
      ranks: ranksOf(measured[clock]),
    })),
    ...phases.map((phase) => ({
      value: phaseLength(phase),
      n: measured[phase.key],
      ranks: neighbours(measured[phase.key], 0.5),
    })),
  ]);
  const ofClocks = found.slice(0, clocks.length);
  const longest = await readLongest(
    { tx, chosen },
    clocks.map((clock, place) => ({ clock, ms: ofClocks[place]?.values.at(-1) ?? 0 })),
  );
  return {
    clocks: new Map(
      longest.map((one) => {
        const { values = [], mean = 0 } = ofClocks[clocks.indexOf(one.clock)] ?? {};
        return [one.clock, rowOf(measured[one.clock], values, mean ?? 0, one)];
      }),
    ),
    phases: PHASES.map((phase): Phase => {
      const place = phases.indexOf(phase);
      const { values = [] } = (place < 0 ? undefined : found[clocks.length + place]) ?? {};
      return { name: phase.name, n: measured[phase.key], median: between(values, measured[phase.key], 0.5) };
    }),
  };
}

/** What a summary needs: the neighbours of each quantile, the interval of the median, and the longest. */
function ranksOf(n: number): number[] {
  const interval = medianInterval(n);
  return [...QUANTILES.flatMap((share) => neighbours(n, share)), interval?.low ?? n, interval?.high ?? n, n];
}

function rowOf(n: number, values: readonly number[], mean: number, longest: Longest): SummaryRow {
  const [low = null, high = null, ms = 0] = values.slice(2 * QUANTILES.length);
  const isJudged = medianInterval(n) !== null;
  return {
    key: null,
    n,
    mean,
    quartiles: QUANTILES.map((share, place) => between(values.slice(2 * place), n, share) ?? 0),
    low: isJudged ? low : null,
    high: isJudged ? high : null,
    longest_ms: ms,
    longest_id: longest.id,
    longest_number: longest.number,
    longest_title: longest.title,
  };
}

function neighbours(n: number, share: number): number[] {
  const { below, above } = quantileRanks(n, share);
  return [below, above];
}

/** The quantile of n values from its neighbours. */
function between([lower, upper]: readonly number[], n: number, share: number): number | null {
  if (lower === undefined || upper === undefined) return null;
  return lower + (upper - lower) * quantileRanks(n, share).weight;
}

/** The incident with the longest duration on each clock, the latest of several. */
async function readLongest(
  { tx, chosen }: Pick<ReportScope, "tx" | "chosen">,
  clocks: readonly { clock: Clock; ms: number }[],
): Promise<Longest[]> {
  if (clocks.length === 0) return [];
  const isLongest = clocks.map(({ clock, ms }) => sql`${clockColumn(clock)} = ${ms}::bigint`);
  const numbers = sql.join(
    isLongest.map((condition) => sql`max(number) filter (where ${condition})`),
    sql`, `,
  );
  return tx.execute<Longest>(sql`
    select l.clock, i.id, i.number, i.title
    from (
      select unnest(${clocksOf(clocks)}) as clock, unnest(array[${numbers}]) as number
      ${chosen} and (${sql.join(isLongest, sql` or `)})
    ) l
    join incidents i on i.number = l.number`);
}

function clocksOf(clocks: readonly { clock: Clock }[]): SQL {
  return sql`${sql.param(clocks.map(({ clock }) => clock))}::text[]`;
}
