import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { readNow, requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import type { IncidentFilter } from "#lib/incidents/filter";
import { incidentConditions } from "#lib/incidents/queries/filter-conditions";
import type { FilterViewer } from "#lib/incidents/queries/filter-conditions";
import { INCIDENT_ORIGINS } from "#lib/incidents/vocabulary";
import { periodsOf, rangeOf } from "#lib/reports/period";
import type { PeriodUnit, Range, ReportPeriod } from "#lib/reports/period";
import { populationOf } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";

/** What the parts of a report share: one snapshot of the data and the incidents that count. */
export type ReportScope<F extends ReportFilter = ReportFilter> = {
  tx: Transaction;
  now: Date;
  filter: F;
  range: Range;
  population: IncidentFilter;
  viewer: FilterViewer;
  /** `from incident_facts where …`: the population. */
  chosen: SQL;
};

/** Runs the parts of a report on one read-only snapshot. Needs the right to read. */
export async function inReport<F extends ReportFilter, T>(
  ctx: Context,
  filter: F,
  work: (scope: ReportScope<F>) => Promise<T>,
): Promise<T> {
  return inSnapshot(ctx, async ({ tx, now, viewer }) => {
    const range = rangeOf(filter, viewer.timeZone, now.getTime());
    const population = populationOf(filter, range);
    const chosen = sql`from incident_facts where ${whereOf(population, viewer)}`;
    return work({ tx, now, filter, range, population, viewer, chosen });
  });
}

/** What any report has: a snapshot of the data, its instant, and whose clock counts. */
export type Snapshot = Pick<ReportScope, "tx" | "now" | "viewer">;

/** Runs work on one read-only snapshot. Needs the right to read. */
export async function inSnapshot<T>(ctx: Context, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  requirePermission(ctx.actor, "read");
  const viewer = { userId: ctx.actor.id, timeZone: ctx.actor.timeZone };
  return ctx.db.transaction(
    async (tx) => {
      // Sorts of tens of thousands of durations stay in memory.
      await tx.execute(sql`set local work_mem = '32MB'`);
      return work({ tx, now: await readNow(tx), viewer });
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

/** The condition of a filter as a where clause; every filter of a report has a range, so it is never absent. */
export function whereOf(filter: IncidentFilter, viewer: FilterViewer): SQL {
  return incidentConditions(filter, viewer) ?? sql`true`;
}

/**
 * The weeks or months of the range. One in which the history of these incidents had not begun, or of which nothing is known, counts as
 * incomplete: nothing was seen in it, which is not the same as nothing having happened.
 */
export async function judgedPeriods(scope: ReportScope, unit: PeriodUnit): Promise<ReportPeriod[]> {
  const { range, viewer, now } = scope;
  const [began, unseen] = await Promise.all([readBegan(scope, scope.population), readUnseen(scope)]);
  return periodsOf(range, unit, viewer.timeZone, now.getTime()).map((period) => ({
    ...period,
    incomplete: period.incomplete || period.start < began || isWithin(unseen, period),
  }));
}

/** Whether a part of a time lies in another. */
export function isWithin(whole: Range | null, { start, end }: Range): boolean {
  return whole !== null && start < whole.end && end > whole.start;
}

/** The time of which nothing is known: from the last incident that was brought in until this installation had its first person. */
export async function readUnseen({ tx }: Pick<ReportScope, "tx">): Promise<Range | null> {
  const [row] = await tx.execute<Range>(sql`
    with installed as (select min(created_at) as at from users)
    select (extract(epoch from newest.created_at) * 1000)::float8 as start, (extract(epoch from installed.at) * 1000)::float8 as "end"
    from installed, lateral (
      select created_at, origin from incident_facts where created_at < installed.at order by created_at desc limit 1
    ) newest
    where newest.origin = 'import'`);
  return row ?? null;
}

/** The incidents that could interrupt people from here: those that were brought in rang elsewhere, if at all. */
export function pagedHere(population: IncidentFilter): IncidentFilter {
  const chosen = population.origin.length === 0 ? INCIDENT_ORIGINS : population.origin;
  return { ...population, origin: chosen.filter((origin) => origin !== "import") };
}

/** When the first incident of a population was created, whatever its range; infinite if there is none. */
export async function readBegan({ tx, viewer }: ReportScope, population: IncidentFilter): Promise<number> {
  const [row] = await tx.execute<{ began: number }>(sql`
    select (extract(epoch from created_at) * 1000)::float8 as began
    from incident_facts where ${whereOf({ ...population, from: null, to: null }, viewer)}
    order by created_at limit 1`);
  return row?.began ?? Number.POSITIVE_INFINITY;
}
