import type { InterruptionClass } from "#lib/notifications/interruption";
import type { PeriodUnit } from "#lib/reports/period";
import type { Counted } from "#lib/reports/report-frame";
import type { Limits } from "#lib/statistics/process-behaviour";
import type { Signal } from "#lib/statistics/control-chart";
import type { Verdict } from "#lib/statistics/verdict";

export const CLASS_NAMES: Record<InterruptionClass, string> = {
  business: "Business hours",
  off: "Off hours",
  sleep: "Sleep hours",
};

/** Interruptions by the person's clock. Numbers open the interruptions they count. */
export type Load = { total: Counted; classes: (Counted & { class: InterruptionClass })[] };

export type HealthPeriod = Load & { day: string; incomplete: boolean };

/** A team's load, of the services it owns now. */
export type TeamLoad = Load & {
  key: string;
  name: string;
  /** People who were interrupted at all. */
  people: number;
  /** Hours of a person with at least one interruption. */
  hours: number;
  /** Interruptions per interrupted person and week. */
  perPersonWeek: number;
};

export type PersonLoad = Load & {
  key: string;
  name: string;
  /** Nights (22:00 to 08:00) with at least one interruption, and the most of them in a row. */
  nights: number;
  streak: number;
  /** Sleep interruptions per week with the exact 95 % interval of a Poisson count. */
  perWeek: { value: number; low: number; high: number };
};

export type HealthReport = {
  generatedAt: string;
  timeZone: string;
  from: string;
  to: string;
  unit: PeriodUnit;
  /** How many weeks of the range have passed. */
  weeks: number;
  all: Load & { people: number; hours: number };
  periods: HealthPeriod[];
  /** The chart of sleep interruptions. */
  limits: Limits | null;
  signals: Signal[];
  verdict: Verdict;
  /** Monday to Sunday, each 24 hours, by the clock of the person. */
  heat: Counted[][];
  teams: TeamLoad[];
  /** Whom the viewer may see by name, most woken first: themselves, people of teams they manage, or everybody for managers and up. */
  people: PersonLoad[];
  /** Others who were interrupted too. */
  hidden: number;
};
