import type { PeriodUnit } from "#lib/reports/period";
import type { Counted, ReportFrame } from "#lib/reports/report-frame";
import type { RowChange } from "#lib/reports/trends";
import type { RateRatio } from "#lib/statistics/rate-ratio";
import type { Limits } from "#lib/statistics/process-behaviour";
import type { Signal } from "#lib/statistics/control-chart";
import type { Verdict } from "#lib/statistics/verdict";

/** A week or month: its first day, whether it has ended, how many incidents, how many changes. */
export type TrendPeriod = { day: string; incomplete: boolean; incidents: Counted; changes: number };

/** A feature, service, team or cause with its incidents in each period. */
export type TrendRow = {
  key: string;
  name: string;
  total: Counted;
  cells: Counted[];
  /** Null: too few incidents, or too few complete periods, to tell anything. */
  change: (RowChange & { recent: Counted }) | null;
};

/** A service's incidents in the 24 hours after its changes, against the rest of the time. */
export type AfterChange = RateRatio & {
  key: string;
  name: string;
  changes: number;
  after: Counted;
  /** Milliseconds within 24 hours after a change. */
  exposure: number;
  /** After Benjamini and Hochberg over all services that were tested. */
  adjusted: number;
};

/** A change that incidents of its service followed within 24 hours. */
export type FollowedChange = { id: string; at: string; service: string; summary: string; incidents: Counted };

export type TrendsReport = ReportFrame & {
  unit: PeriodUnit;
  periods: TrendPeriod[];
  limits: Limits | null;
  signals: Signal[];
  verdict: Verdict;
  /** How many periods the recent stretch has, and how many it is compared with; null: too few. */
  stretches: { recent: number; earlier: number } | null;
  rows: TrendRow[];
  /** Rows beyond the largest that are shown, and the incidents in them. */
  more: { rows: number; incidents: number };
  afterChanges: AfterChange[];
  /** All services together. */
  afterAnyChange: (RateRatio & { after: Counted; changes: number }) | null;
  followed: FollowedChange[];
};
