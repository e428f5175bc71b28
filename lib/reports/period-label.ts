import type { PeriodUnit } from "#lib/reports/period";
import { formatDay } from "#lib/time/format-day";

const monthAndYear = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

/** A week by its Monday ("3 Nov"), a month by its name ("Nov 2026"); `day` is its first, YYYY-MM-DD. */
export function periodLabel(unit: PeriodUnit, day: string): string {
  return unit === "week" ? formatDay(day) : monthAndYear.format(new Date(`${day}T00:00:00Z`));
}
