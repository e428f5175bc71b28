import { csvRecord, csvSeconds } from "#lib/reports/csv";
import type { CsvValue } from "#lib/reports/csv";
import { isPagingKnown } from "#lib/reports/pack-report";
import type { PackFigures, PackReport } from "#lib/reports/pack-report";

export const PACK_FIGURES = ["numbers", "course", "availability", "majors", "causes", "teams"] as const;
export type PackFigure = (typeof PACK_FIGURES)[number];

/** One figure of a summary or review as CSV. */
export function packCsv(report: PackReport, figure: PackFigure): string {
  return recordsOf(report, figure).map(csvRecord).join("");
}

function recordsOf(report: PackReport, figure: PackFigure): CsvValue[][] {
  switch (figure) {
    case "numbers":
      return numbers(report);
    case "course":
      return [
        ["period", "incidents", "major", "impact_minutes", "sleep_interruptions", "incomplete"],
        ...report.course.map((point) => [
          point.label,
          point.incidents,
          point.major,
          point.impactMinutes,
          point.sleep,
          point.incomplete,
        ]),
      ];
    case "availability":
      return [
        [
          "service",
          "percent_available",
          "target",
          "seconds_out",
          "seconds_of_budget_left",
          "outages",
          "percent_before",
        ],
        ...report.availability.map((row) => [
          row.name,
          row.upPercent,
          row.target,
          csvSeconds(row.downMs),
          csvSeconds(row.budgetLeftMs),
          row.outages.count,
          row.before,
        ]),
      ];
    case "majors":
      return [
        ["number", "title", "service", "priority", "began_at", "resolved_at", "customers_affected"],
        ...report.majors.map((major) => [
          major.number,
          major.title,
          major.service,
          major.priority,
          new Date(major.from),
          major.to === null ? null : new Date(major.to),
          major.customersAffected,
        ]),
      ];
    case "causes":
      return [
        ["cause", "impact_minutes", "incidents"],
        ...report.causes.map(({ key, minutes, incidents }) => [key, minutes, incidents.count]),
      ];
    case "teams":
      return [
        ["team", "incidents", "high_urgency", "major"],
        ...report.teams.map(({ name, incidents, high, major }) => [
          name,
          incidents.count,
          high.count,
          major.count,
        ]),
      ];
  }
}

function numbers({ period, previous, now, before, load, loadBefore, verdicts }: PackReport): CsvValue[][] {
  const [isKnown, wasKnown] = [isPagingKnown(now, load), isPagingKnown(before, loadBefore)];
  const row = (
    name: string,
    value: (figures: PackFigures) => number | null,
    verdict: string | null = null,
  ) => [name, value(now), value(before), verdict];
  return [
    ["figure", period.key, previous.key, "verdict"],
    row("incidents", ({ incidents }) => incidents.count, verdicts.incidents.word),
    row("high_urgency", ({ high }) => high.count),
    row("major", ({ major }) => major.count, verdicts.major.word),
    row("share_of_time_without_major", ({ withoutMajor }) => withoutMajor),
    row("imported", ({ imported }) => imported.count),
    ["escalated", isKnown ? now.escalated.count : null, wasKnown ? before.escalated.count : null, null],
    row("found_by_us", ({ found }) => found.ours.count, verdicts.found.word),
    row("found_known", ({ found }) => found.known.count),
    row("noticed_by_customers", ({ noticed }) => noticed.count),
    row("impact_minutes", ({ impactMinutes }) => impactMinutes),
    row("customers_affected", ({ customers }) => customers),
    row("engaged_hours", ({ engagedHours }) => engagedHours),
    ...now.clocks.flatMap(({ clock }, index) => [
      row(`n_${clock}`, ({ clocks }) => clocks[index]?.n ?? 0),
      row(
        `median_seconds_to_${clock}`,
        ({ clocks }) => csvSeconds(clocks[index]?.median ?? null),
        verdicts.clocks[clock].word,
      ),
    ]),
    ...load.classes.map((part, index): CsvValue[] => [
      `interruptions_${part.class}`,
      isKnown ? part.count : null,
      wasKnown ? (loadBefore.classes[index]?.count ?? 0) : null,
      part.class === "sleep" && isKnown ? verdicts.sleep.word : null,
    ]),
  ];
}
