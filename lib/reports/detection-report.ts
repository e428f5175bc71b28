import type { DetectionSource } from "#lib/incidents/vocabulary";
import type { PeriodUnit } from "#lib/reports/period";
import type { Counted, ReportFrame } from "#lib/reports/report-frame";
import type { ShareChart } from "#lib/statistics/share-chart";
import type { Verdict } from "#lib/statistics/verdict";
import type { Proportion } from "#lib/statistics/wilson";

/** The share that is aimed for. */
export const FOUND_BY_US_TARGET = 0.9;

/** Who noticed when it was us; the others are customers and the world outside. */
export const OURS = ["monitoring", "internal_person"] as const satisfies readonly DetectionSource[];

export const SOURCE_NAMES: Record<DetectionSource, string> = {
  monitoring: "Monitoring",
  internal_person: "Somebody of ours",
  customer_report: "Customer",
  partner: "Partner",
  social: "Social media",
  unknown: "Not known",
};

/** How many were found by us first, of those of which it is known. */
export type FoundByUs = { ours: Counted; known: Counted; proportion: Proportion | null };

export type DetectionPeriod = {
  day: string;
  incomplete: boolean;
  /** In the order of the sources. */
  sources: (Counted & { source: DetectionSource })[];
  ours: number;
  known: number;
};

/** An incident that somebody outside noticed first. */
export type FoundOutside = {
  id: string;
  number: number;
  title: string;
  service: string;
  at: string;
  source: DetectionSource;
  cause: string | null;
  /** From their word to our first alert; null: no alert ever came. Negative: the alert was there, and nobody had acted on it. */
  gapMs: number | null;
};

export type DetectionReport = ReportFrame & {
  unit: PeriodUnit;
  all: FoundByUs;
  /** Among those that customers noticed; null where the filter already says whether they did. */
  noticed: FoundByUs | null;
  sources: (Counted & { source: DetectionSource })[];
  periods: DetectionPeriod[];
  chart: ShareChart | null;
  verdict: Verdict;
  /** The newest first, at most two hundred. */
  outside: FoundOutside[];
};
