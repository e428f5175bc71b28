import { sql } from "drizzle-orm";
import { finishedBy, kaplanMeier, thin } from "#lib/statistics/kaplan-meier";
import type { Observation } from "#lib/statistics/kaplan-meier";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import type { StillOpen } from "#lib/reports/response-report";

// More than a drawing can show.
const MOST_STEPS = 120;
// A curve of fewer incidents says nothing.
const LEAST = 10;

type Row = Observation & { major: boolean };

/** The share still open after a time, for all and, where both are many enough, for major and other incidents apart. */
export async function readStillOpen({ tx, chosen }: ReportScope): Promise<StillOpen[]> {
  const rows = await tx.execute<Row>(sql`
    select major, count(ms_to_resolve)::int as finished, (count(*) - count(ms_to_resolve))::int as censored,
      (1000 * case when ms_to_resolve is null then floor(extract(epoch from now() - created_at))::bigint
        else ms_to_resolve / 1000 end)::float8 as ms
    ${chosen} and (ms_to_resolve is not null or (status <> 'resolved' and created_at <= now()))
    group by major, ms`);
  const major = rows.filter((row) => row.major);
  const other = rows.filter((row) => !row.major);
  const apart = [curve("Major (P1, P2)", major), curve("Other", other)];
  const all = curve("All", rows);
  return apart.every(({ n }) => n >= LEAST) ? [all, ...apart] : [all];
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
