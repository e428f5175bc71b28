import { csvRecord } from "#lib/reports/csv";
import type { CsvValue } from "#lib/reports/csv";
import type { HealthReport, Load } from "#lib/reports/on-call-health-report";

export const HEALTH_FIGURES = ["periods", "teams", "people"] as const;
export type HealthFigure = (typeof HEALTH_FIGURES)[number];

const CLASSES = ["business", "off", "sleep"] as const;

/** One figure of the on-call health report as CSV; people only as far as the report names them. */
export function healthCsv(report: HealthReport, figure: HealthFigure): string {
  return recordsOf(report, figure).map(csvRecord).join("");
}

function recordsOf(report: HealthReport, figure: HealthFigure): CsvValue[][] {
  switch (figure) {
    case "periods":
      return [
        [report.unit, ...CLASSES, "incomplete"],
        ...report.periods.map((period) => [period.day, ...classes(period), period.incomplete]),
      ];
    case "teams":
      return [
        ["team", ...CLASSES, "people", "per_person_and_week", "hours_with_interruption"],
        ...report.teams.map((team) => [
          team.name,
          ...classes(team),
          team.people,
          team.perPersonWeek,
          team.hours,
        ]),
      ];
    case "people":
      return [
        ["person", ...CLASSES, "interrupted_nights", "most_in_a_row", "sleep_per_week", "low_95", "high_95"],
        ...report.people.map(({ perWeek, ...person }) => [
          person.name,
          ...classes(person),
          person.nights,
          person.streak,
          perWeek.value,
          perWeek.low,
          perWeek.high,
        ]),
      ];
  }
}

function classes(load: Load): number[] {
  return CLASSES.map((kind) => load.classes.find((part) => part.class === kind)?.count ?? 0);
}
