import type { PeriodUnit } from "#lib/reports/period";

const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const monthAndYear = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

/** A week by its Monday ("3 Nov"), a month by its name ("Nov 2026"); `day` is its first, YYYY-MM-DD. */
export function periodLabel(unit: PeriodUnit, day: string): string {
  return (unit === "week" ? dayAndMonth : monthAndYear).format(new Date(`${day}T00:00:00Z`));
}
