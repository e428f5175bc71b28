import { sql } from "drizzle-orm";
import { finishedBy, kaplanMeier, thin } from "#lib/statistics/kaplan-meier";
import type { Observation } from "#lib/statistics/kaplan-meier";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import type { StillOpen } from "#lib/reports/response-report";

// More than a drawing can show.
const MOST_STEPS = 120;
// A curve of fewer incidents says nothing.
const LEAST = 10;

type Row = { major: boolean; seconds: string; finished: string; censored: string };

/** The share still open after a time, for all and, where both are many enough, for major and other incidents apart. */
export async function readStillOpen({ tx, now, chosen }: ReportScope): Promise<StillOpen[]> {
  const instant = sql`${now.toISOString()}::timestamptz`;
  // As one text a column: there are tens of thousands of different durations, and a row each would take longer than to find them.
  const rows = await tx.execute<Row>(sql`
    with seen as (
      select major, count(ms_to_resolve) as finished, count(*) - count(ms_to_resolve) as censored,
        coalesce(ms_to_resolve / 1000, floor(extract(epoch from ${instant} - created_at))::bigint) as seconds
      ${chosen} and (ms_to_resolve is not null or (status <> 'resolved' and created_at <= ${instant}))
      group by 1, 4
    )
    select major, string_agg(seconds::text, ',') as seconds, string_agg(finished::text, ',') as finished,
      string_agg(censored::text, ',') as censored
    from seen group by major`);
  const of = (wanted: boolean) => rows.filter((row) => row.major === wanted).flatMap(observationsOf);
  const [major, other] = [of(true), of(false)];
  const apart = [curve("Major (P1, P2)", major), curve("Other", other)];
  const all = curve("All", [...major, ...other]);
  return apart.every(({ n }) => n >= LEAST) ? [all, ...apart] : [all];
}

function observationsOf(row: Row): Observation[] {
  const numbers = (text: string) => text.split(",").map(Number);
  const [finished, censored] = [numbers(row.finished), numbers(row.censored)];
  return numbers(row.seconds).map((seconds, place) => ({
    ms: seconds * 1000,
    finished: finished[place] ?? 0,
    censored: censored[place] ?? 0,
  }));
}

function curve(name: string, observations: readonly Observation[]): StillOpen {
  const steps = kaplanMeier(observations);
  const open = observations.reduce((sum, { censored }) => sum + censored, 0);
  return {
    name,
    n: observations.reduce((sum, { finished }) => sum + finished, open),
    open,
    steps: thin(steps, MOST_STEPS),
    half: finishedBy(steps, 0.5),
    ninety: finishedBy(steps, 0.9),
  };
}
