import { alertsHref } from "#lib/alerts/filter";
import type { AlertFilter } from "#lib/alerts/filter";
import type { ActionRate } from "#lib/reports/noise-report";
import type { Range } from "#lib/reports/period";
import type { Snapshot } from "#lib/reports/queries/report-scope";
import type { Counted } from "#lib/reports/report-frame";
import { wilson } from "#lib/statistics/wilson";

/** The alerts that the noise report counts: all links start from this filter. */
export type NoisePopulation = AlertFilter & { from: string; to: string };

/** What the parts of the noise report share. */
export type NoiseScope = Snapshot & { range: Range; population: NoisePopulation };

/** A number and the alerts behind it. */
export function countedAlerts(count: number, filter: AlertFilter): Counted {
  return { count, href: alertsHref(filter) };
}

/** What people did about incidents that alerts opened. */
export type ActedCounts = { acted: number; ignored: number; waiting: number };

/** The share of incidents opened by these alerts that a person did something about. */
export function actionRate(population: AlertFilter, { acted, ignored, waiting }: ActedCounts): ActionRate {
  const opened = { ...population, outcome: ["opened"] } as const;
  return {
    acted: countedAlerts(acted, { ...opened, acted: ["yes"] }),
    judged: countedAlerts(acted + ignored, { ...opened, acted: ["yes", "no"] }),
    waiting: countedAlerts(waiting, { ...opened, acted: ["waiting"] }),
    proportion: wilson(acted, acted + ignored),
  };
}
