import type { Clock } from "#lib/incidents/filter";
import type { FoundByUs } from "#lib/reports/detection-report";
import type { Load } from "#lib/reports/on-call-health-report";
import type { PackPeriod, PackUnit } from "#lib/reports/pack-period";
import type { PeriodComment } from "#lib/reports/period-comment";
import type { Range } from "#lib/reports/period";
import type { Counted } from "#lib/reports/report-frame";
import type { PeriodAvailability } from "#lib/service-levels/report";
import type { Verdict } from "#lib/statistics/verdict";

/** What one period amounts to. */
export type PackFigures = {
  incidents: Counted;
  /** Of them, those that were brought in: nothing here paged anybody about them. */
  imported: Counted;
  high: Counted;
  major: Counted;
  /** Share of the time that had passed in which no major incident was open. */
  withoutMajor: number | null;
  escalated: Counted;
  found: FoundByUs;
  clocks: { clock: Clock; n: number; href: string; median: number | null }[];
  /** Incidents that customers noticed, the minutes that they did so, and how many customers; the last as far as people said so. */
  noticed: Counted;
  impactMinutes: number;
  customers: number;
  /** Hours that people were engaged with incidents. */
  engagedHours: number;
};

/** Whether whom the incidents of a period woke is known: not where all of them were brought in. */
export function isPagingKnown({ incidents, imported }: PackFigures, { total }: Load): boolean {
  return incidents.count === 0 || total.count > 0 || imported.count < incidents.count;
}

export type MajorIncident = {
  number: number;
  title: string;
  service: string;
  priority: string;
  from: number;
  /** Null: still open. */
  to: number | null;
  customersAffected: number | null;
};

/** Corrective actions: open now, overdue now, and done in the period. Null where a filter is set: actions have no team. */
export type Commitments = { open: Counted; overdue: Counted; done: Counted };

export type PackReport = {
  generatedAt: string;
  timeZone: string;
  unit: PackUnit;
  period: PackPeriod;
  previous: PackPeriod;
  next: PackPeriod | null;
  /** The period has not ended: everything is as of now. */
  incomplete: boolean;
  /** A time of which nothing is known, if the period has a part in it: epoch milliseconds. */
  unseen: Range | null;
  now: PackFigures;
  before: PackFigures;
  load: Load;
  loadBefore: Load;
  verdicts: {
    major: Verdict;
    found: Verdict;
    clocks: Record<Clock, Verdict>;
    /** Of the course of the last thirteen weeks or months, since these come in bursts. */
    incidents: Verdict;
    sleep: Verdict;
  };
  /** The last thirteen weeks or months, the last one that of the period's end. */
  course: {
    label: string;
    /** Its first, YYYY-MM-DD. */
    day: string;
    incomplete: boolean;
    incidents: number;
    major: number;
    noticed: Counted;
    impactMinutes: number;
    sleep: number;
  }[];
  majors: MajorIncident[];
  comment: PeriodComment;
  /** Of each service that customers meet. */
  availability: PeriodAvailability[];
  commitments: Commitments | null;
  /** By customer minutes, most first. */
  causes: { key: string; minutes: number; incidents: Counted }[];
  /** Teams with their incidents, most first. */
  teams: { key: string; name: string; incidents: Counted; high: Counted; major: Counted }[];
};
