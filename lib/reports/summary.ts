import type { Clock } from "#lib/incidents/filter";
import type { Load } from "#lib/reports/on-call-health-report";
import type { Counted } from "#lib/reports/report-frame";
import type { DurationSummary } from "#lib/reports/response-report";
import type { LevelCompliance } from "#lib/service-levels/report";
import type { Verdict } from "#lib/statistics/verdict";
import type { Proportion } from "#lib/statistics/wilson";

/** How many days a summary looks back, today included. */
export const SUMMARY_DAYS = 90;

export const SUMMARY_CLOCKS = ["acknowledge", "respond", "resolve"] as const satisfies readonly Clock[];

/** How a service, or a team with the services it owns now, is doing: the last ninety days, and the promises of the last four weeks. */
export type Summary = {
  generatedAt: string;
  timeZone: string;
  incidents: Counted;
  open: Counted;
  major: Counted;
  /** Share of the time in which no major incident was open. */
  withoutMajor: number | null;
  /** Of those that paged somebody: went on to another level, because nobody acknowledged in time. */
  escalated: Counted & { of: number; proportion: Proportion | null };
  clocks: (DurationSummary & { clock: Clock; verdict: Verdict; reportHref: string })[];
  load: Load;
  /** Weeks from Monday, oldest first; the first and the last are cut short. */
  weeks: { day: string; incomplete: boolean; incidents: number; sleep: number }[];
  verdicts: { incidents: Verdict; sleep: Verdict };
  /** Over 28 days. */
  promises: Pick<LevelCompliance, "policyId" | "name" | "goalPercent" | "rolling">[];
  /** The same incidents in detail. */
  reports: { response: string; trends: string; health: string; week: string };
};
