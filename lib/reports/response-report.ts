import type { Clock } from "#lib/incidents/filter";
import type { SurvivalStep } from "#lib/statistics/kaplan-meier";
import type { PeriodUnit } from "#lib/reports/period";
import type { Counted, ReportFrame } from "#lib/reports/report-frame";
import type { Signal } from "#lib/statistics/control-chart";
import type { Limits } from "#lib/statistics/process-behaviour";
import type { Verdict } from "#lib/statistics/verdict";
import type { Proportion } from "#lib/statistics/wilson";

/** The durations of one clock among some incidents, in milliseconds. Null: too few to say, or none at all. */
export type DurationSummary = {
  n: number;
  href: string;
  median: number | null;
  /** 90 % bootstrap interval of the median; from 5 values on. */
  low: number | null;
  high: number | null;
  firstQuartile: number | null;
  thirdQuartile: number | null;
  /** From 20 values on. */
  p90: number | null;
  mean: number | null;
  longest: { ms: number; id: string; number: number; title: string } | null;
};

export type ClockSummary = DurationSummary & {
  clock: Clock;
  /** Still open and not measured yet: never counted as finished. */
  waiting: Counted;
  /** Over, but never measured: nobody was paged, nobody acknowledged, or the history does not say. */
  never: Counted;
};

export type GroupSummary = DurationSummary & { key: string; name: string; open: Counted };

export type PeriodSummary = {
  /** The first day, YYYY-MM-DD in the viewer's zone. */
  day: string;
  incomplete: boolean;
  n: number;
  median: number | null;
  firstQuartile: number | null;
  thirdQuartile: number | null;
  href: string;
};

export type Dot = { id: string; number: number; title: string; ms: number; priority: string };

export type StillOpen = {
  name: string;
  n: number;
  open: number;
  steps: SurvivalStep[];
  half: number | null;
  ninety: number | null;
};

/** A median part of an incident's life; the parts are medians each, so they don't add up to the whole. */
export type Phase = { name: string; n: number; median: number | null };

export type ResponseReport = ReportFrame & {
  clock: Clock;
  escalated: Counted & { of: number; proportion: Proportion | null };
  clocks: ClockSummary[];
  phases: Phase[];
  trend: {
    unit: PeriodUnit;
    periods: PeriodSummary[];
    limits: Limits | null;
    signals: Signal[];
    verdict: Verdict;
  };
  groups: GroupSummary[];
  strips: (DurationSummary & { key: string; name: string; rank: number | null })[];
  /** At most 600 of the measured incidents, chosen evenly. */
  dots: Dot[];
  stillOpen: StillOpen[];
};
