import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { ALERT_OUTCOMES } from "#lib/alerts/filter";
import type { AlertFilter, AlertOutcome } from "#lib/alerts/filter";
import { alertConditions, ALERTS, missedAlerts } from "#lib/alerts/queries/alert-conditions";
import { KINDS, matchingAlerts } from "#lib/alerts/queries/matching-alerts";
import type { Context } from "#lib/context";
import { alertsOf, noiseRange } from "#lib/reports/noise-filter";
import type { NoiseFilter } from "#lib/reports/noise-filter";
import type { NoisePeriod, NoiseReport } from "#lib/reports/noise-report";
import { periodsOf, unitOf } from "#lib/reports/period";
import type { ReportPeriod } from "#lib/reports/period";
import { HIDDEN, hidingOf, PAUSED, pausingOf } from "#lib/reports/queries/noise-holds";
import type { HidingRow, PausingRow } from "#lib/reports/queries/noise-holds";
import {
  IGNORED_KINDS,
  kindOffenders,
  NOISY_KINDS,
  NOISY_SERVICES,
  serviceOffenders,
} from "#lib/reports/queries/noise-offenders";
import type { KindCosts, ServiceCosts } from "#lib/reports/queries/noise-offenders";
import { actionRate, countedAlerts } from "#lib/reports/queries/noise-scope";
import type { NoisePopulation, NoiseScope } from "#lib/reports/queries/noise-scope";
import { readDropped, readRuleEffects } from "#lib/reports/queries/rule-effects";
import { inSnapshot } from "#lib/reports/queries/report-scope";
import { behaviourOfCounts, verdictOnCounts } from "#lib/statistics/verdict";
import { wilson } from "#lib/statistics/wilson";

type Totals = Record<AlertOutcome, number> & {
  events: number;
  interruptions: number;
  interrupting: number;
  answered: number;
  acted: number;
  ignored: number;
  waiting: number;
  brief: number;
  kinds: number;
};

type PeriodRow = { period: number; outcome: AlertOutcome; count: number };

type Parts = {
  totals: [Totals];
  periods: PeriodRow[] | null;
  services: ServiceCosts[] | null;
  kinds: KindCosts[] | null;
  ignored: KindCosts[] | null;
  pausing: PausingRow[] | null;
  hiding: HidingRow[] | null;
};

/**
 * What becomes of what monitors say: how much of it is one alert, is hidden, held back or put onto incidents, whom these interrupt, and
 * what people act on. It reads alerts, which are kept, and never the inbox, which is trimmed; alerts by when they were opened.
 */
export async function readNoiseReport(ctx: Context, filter: NoiseFilter): Promise<NoiseReport> {
  return inSnapshot(ctx, async (snapshot) => {
    const { viewer, now } = snapshot;
    const range = noiseRange(filter, viewer.timeZone, now.getTime());
    const population = alertsOf(filter, range);
    const scope: NoiseScope = { ...snapshot, range, population };
    const unit = unitOf(range);
    const times = periodsOf(range, unit, viewer.timeZone, now.getTime());
    const parts = await readParts(scope, times);
    const [totals] = parts.totals;
    const periods = periodsFrom(population, times, parts.periods ?? [], await readBegan(scope));
    const counts = periods.map(({ opened, incomplete }) => ({ count: opened.count, incomplete }));
    const { interruptions } = totals;
    return {
      generatedAt: now.toISOString(),
      timeZone: viewer.timeZone,
      from: population.from,
      to: population.to,
      unit,
      funnel: funnelOf(population, totals),
      events: totals.events,
      interruptions,
      dropped: await readDropped(scope),
      rate: actionRate(population, totals),
      brief: briefOf(population, totals),
      periods,
      ...behaviourOfCounts(counts),
      verdict: verdictOnCounts(counts),
      services: serviceOffenders(population, parts.services ?? [], interruptions),
      kinds: kindOffenders(population, parts.kinds ?? [], interruptions),
      kindCount: totals.kinds,
      ignored: kindOffenders(population, parts.ignored ?? [], interruptions),
      pausing: (parts.pausing ?? []).map((row) => pausingOf(population, row)),
      hiding: (parts.hiding ?? []).map((row) => hidingOf(population, row)),
      rules: await readRuleEffects(scope),
    };
  });
}

/** All that is counted of alerts, in one statement, so that their wide rows are read once. */
async function readParts(
  { tx, population, viewer }: NoiseScope,
  periods: readonly ReportPeriod[],
): Promise<Parts> {
  const starts = sql.param(periods.map(({ start }) => new Date(start).toISOString()));
  const bounds = [sql`${population.from}::timestamptz`, sql`${population.to}::timestamptz`] as const;
  const queries: Record<keyof Parts, SQL> = {
    totals: TOTALS,
    periods: sql`
      select width_bucket(created_at, (select ${starts}::text[]::timestamptz[])) as period, outcome, count(*)::int as count
      from matching group by 1, 2`,
    services: NOISY_SERVICES,
    kinds: NOISY_KINDS,
    ignored: IGNORED_KINDS,
    pausing: PAUSED,
    hiding: HIDDEN,
  };
  const columns = Object.entries(queries).map(
    ([name, query]) => sql`(select json_agg(part) from (${query}) part) as ${sql.identifier(name)}`,
  );
  const [row] = await tx.execute<Parts>(sql`
    with ${matchingAlerts(alertConditions(population, viewer))}, ${KINDS}, missed as materialized (${missedAlerts(...bounds)})
    select ${sql.join(columns, sql`, `)}`);
  if (!row) throw new Error("The alerts could not be counted.");
  return row;
}

const TOTALS = sql`
  select ${sql.join(
    ALERT_OUTCOMES.map((outcome) =>
      sql.raw(`(count(*) filter (where outcome = '${outcome}'))::int as ${outcome}`),
    ),
    sql`, `,
  )},
    coalesce(sum(occurrence_count), 0)::float8 as events,
    (count(*) filter (where outcome = 'opened' and interrupting))::int as interrupting,
    (count(*) filter (where outcome = 'opened' and interrupting and acted = 'yes'))::int as answered,
    (count(*) filter (where outcome = 'opened' and acted = 'yes'))::int as acted,
    (count(*) filter (where outcome = 'opened' and acted = 'no'))::int as ignored,
    (count(*) filter (where outcome = 'opened' and acted = 'waiting'))::int as waiting,
    (count(*) filter (where brief))::int as brief,
    (select count(*)::int from kinds) as kinds,
    (select coalesce(sum(rang), 0)::float8 from openers where place = 1) as interruptions
  from matching`;

function funnelOf(population: AlertFilter, totals: Totals): NoiseReport["funnel"] {
  const of = (outcome: readonly AlertOutcome[], more: Partial<AlertFilter> = {}) => ({
    ...population,
    outcome,
    ...more,
  });
  const { opened, joined, held, none, suppressed } = totals;
  return {
    alerts: countedAlerts(opened + joined + held + none + suppressed, population),
    visible: countedAlerts(opened + joined + held + none, of(["opened", "joined", "held", "none"])),
    placed: countedAlerts(opened + joined, of(["opened", "joined"])),
    opened: countedAlerts(opened, of(["opened"])),
    interrupting: countedAlerts(totals.interrupting, of(["opened"], { interrupted: true })),
    acted: countedAlerts(totals.answered, of(["opened"], { interrupted: true, acted: ["yes"] })),
  };
}

function briefOf(population: AlertFilter, totals: Totals): NoiseReport["brief"] {
  const all = ALERT_OUTCOMES.reduce((sum, outcome) => sum + totals[outcome], 0);
  return {
    ended: countedAlerts(totals.brief, { ...population, brief: true }),
    proportion: wilson(totals.brief, all),
  };
}

function periodsFrom(
  population: NoisePopulation,
  times: readonly ReportPeriod[],
  rows: readonly PeriodRow[],
  began: number,
): NoisePeriod[] {
  return times.map(({ day, incomplete, start, end }, place) => {
    const own = { ...population, from: new Date(start).toISOString(), to: new Date(end).toISOString() };
    const outcomes = ALERT_OUTCOMES.map((outcome) => {
      const row = rows.find((one) => one.period === place + 1 && one.outcome === outcome);
      return { outcome, ...countedAlerts(row?.count ?? 0, { ...own, outcome: [outcome] }) };
    });
    const opened = outcomes.find(({ outcome }) => outcome === "opened");
    return {
      day,
      incomplete: incomplete || start < began,
      outcomes,
      opened: { count: opened?.count ?? 0, href: opened?.href ?? "" },
    };
  });
}

/** When the first alert was opened, whatever the range; before that nothing was seen, which is not the same as nothing having happened. */
async function readBegan({ tx, viewer, population }: NoiseScope): Promise<number> {
  const ever = { ...population, from: null, to: null };
  const [row] = await tx.execute<{ began: number | null }>(sql`
    select (extract(epoch from a.created_at) * 1000)::float8 as began
    from ${ALERTS} where ${alertConditions(ever, viewer)} order by a.created_at limit 1`);
  return row?.began ?? Number.POSITIVE_INFINITY;
}
