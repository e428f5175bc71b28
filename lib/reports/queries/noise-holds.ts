import { sql } from "drizzle-orm";
import type { PausedBy } from "#lib/alerts/verdict";
import type { Hiding, Pausing } from "#lib/reports/noise-report";
import { countedAlerts } from "#lib/reports/queries/noise-scope";
import type { NoisePopulation } from "#lib/reports/queries/noise-scope";
import { wilson } from "#lib/statistics/wilson";

const MOST_REASONS = 20;

export type PausingRow = {
  by: PausedBy;
  paused: number;
  over: number;
  opened: number;
  acted: number;
  waiting: number;
};

export type HidingRow = { by: PausedBy | null; because: string; hidden: number; missed: number };

/** What became of the alerts that something held back for a time; reads `matching`. */
export const PAUSED = sql`
  select paused_by as by, count(*)::int as paused,
    (count(*) filter (where outcome = 'held' and status = 'resolved'))::int as over,
    (count(*) filter (where outcome in ('opened', 'joined')))::int as opened,
    (count(*) filter (where outcome in ('opened', 'joined') and acted = 'yes'))::int as acted,
    (count(*) filter (where outcome = 'held' and status = 'triggered'))::int as waiting
  from matching where paused_by is not null group by 1 order by 2 desc, 1`;

/**
 * What hid alerts from people, so that they have no incident: each rule, and each other thing. At most twenty, the most regretted first;
 * reads `matching` and `missed`.
 */
export const HIDDEN = sql`
  select case when paused_by <> 'rules' then paused_by end as by,
    case when paused_by <> 'rules' then paused_by else held_because end as because,
    count(*)::int as hidden, count(missed.id)::int as missed
  from matching left join missed on missed.id = matching.id
  where held_because is not null and outcome in ('suppressed', 'held')
  group by 1, 2 order by 4 desc, 3 desc, 2 limit ${MOST_REASONS}`;

export function pausingOf(population: NoisePopulation, row: PausingRow): Pausing {
  const own = { ...population, by: [row.by] };
  const placed = { ...own, outcome: ["opened", "joined"] as const };
  return {
    by: row.by,
    paused: countedAlerts(row.paused, own),
    over: countedAlerts(row.over, { ...own, outcome: ["held"], status: ["resolved"] }),
    opened: countedAlerts(row.opened, placed),
    acted: countedAlerts(row.acted, { ...placed, acted: ["yes"] }),
    waiting: countedAlerts(row.waiting, { ...own, outcome: ["held"], status: ["triggered"] }),
  };
}

export function hidingOf(population: NoisePopulation, { by, because, hidden, missed }: HidingRow): Hiding {
  const own = {
    ...population,
    outcome: ["suppressed", "held"] as const,
    ...(by === null ? { because } : { by: [by] }),
  };
  return {
    by,
    because,
    hidden: countedAlerts(hidden, own),
    missed: countedAlerts(missed, { ...own, missed: true }),
    regret: wilson(missed, hidden),
  };
}
