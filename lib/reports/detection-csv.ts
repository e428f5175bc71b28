import { csvRecord, csvSeconds } from "#lib/reports/csv";
import type { CsvValue } from "#lib/reports/csv";
import type { DetectionReport } from "#lib/reports/detection-report";

export const DETECTION_FIGURES = ["periods", "outside"] as const;
export type DetectionFigure = (typeof DETECTION_FIGURES)[number];

/** One figure of the detection report as CSV. */
export function detectionCsv(report: DetectionReport, figure: DetectionFigure): string {
  return recordsOf(report, figure).map(csvRecord).join("");
}

function recordsOf(report: DetectionReport, figure: DetectionFigure): CsvValue[][] {
  if (figure === "outside") {
    return [
      ["number", "title", "service", "detected_at", "detected_by", "cause", "seconds_to_first_alert"],
      ...report.outside.map((row) => [
        row.number,
        row.title,
        row.service,
        new Date(row.at),
        row.source,
        row.cause,
        csvSeconds(row.gapMs),
      ]),
    ];
  }
  return [
    [report.unit, ...report.sources.map(({ source }) => source), "found_by_us", "known", "incomplete"],
    ...report.periods.map(({ day, sources, ours, known, incomplete }) => [
      day,
      ...sources.map(({ count }) => count),
      ours,
      known,
      incomplete,
    ]),
  ];
}
