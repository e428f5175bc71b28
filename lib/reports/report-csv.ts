import { csvRecord, csvSeconds } from "#lib/reports/csv";
import type { CsvValue } from "#lib/reports/csv";
import type { DurationSummary, ResponseReport } from "#lib/reports/response-report";

export const FIGURES = ["clocks", "trend", "groups", "still-open"] as const;
export type Figure = (typeof FIGURES)[number];

const SUMMARY_HEADER = [
  "n",
  "median_seconds",
  "median_low_90_seconds",
  "median_high_90_seconds",
  "first_quartile_seconds",
  "third_quartile_seconds",
  "p90_seconds",
  "mean_seconds",
  "longest_seconds",
  "longest_incident",
];

/** One figure of the response report as CSV; durations in seconds. */
export function reportCsv(report: ResponseReport, figure: Figure): string {
  return recordsOf(report, figure).map(csvRecord).join("");
}

function recordsOf(report: ResponseReport, figure: Figure): CsvValue[][] {
  switch (figure) {
    case "clocks":
      return [
        ["clock", ...SUMMARY_HEADER, "waiting", "never_measured"],
        ...report.clocks.map((row) => [row.clock, ...summary(row), row.waiting.count, row.never.count]),
      ];
    case "groups":
      return [
        ["group", ...SUMMARY_HEADER, "open"],
        ...report.groups.map((row) => [row.name, ...summary(row), row.open.count]),
      ];
    case "trend":
      return trend(report);
    case "still-open":
      return [
        ["incidents", "seconds_since_start", "share_still_open", "low_95", "high_95", "at_risk"],
        ...report.stillOpen.flatMap(({ name, steps }) =>
          steps.map((step) => [name, csvSeconds(step.ms), step.share, step.low, step.high, step.atRisk]),
        ),
      ];
  }
}

function trend({ trend: { unit, periods, limits, signals } }: ResponseReport): CsvValue[][] {
  const header = [unit, "n", "median_seconds", "first_quartile_seconds", "third_quartile_seconds"];
  return [
    [...header, "centre_seconds", "lower_limit_seconds", "upper_limit_seconds", "signal", "incomplete"],
    ...periods.map((period, index) => [
      period.day,
      period.n,
      csvSeconds(period.median),
      csvSeconds(period.firstQuartile),
      csvSeconds(period.thirdQuartile),
      csvSeconds(limits?.centre ?? null),
      csvSeconds(limits?.lower ?? null),
      csvSeconds(limits?.upper ?? null),
      signals.find((signal) => signal.index === index)?.kind ?? null,
      period.incomplete,
    ]),
  ];
}

function summary(row: DurationSummary): CsvValue[] {
  const durations = [row.median, row.low, row.high, row.firstQuartile, row.thirdQuartile, row.p90, row.mean];
  return [
    row.n,
    ...durations.map(csvSeconds),
    csvSeconds(row.longest?.ms ?? null),
    row.longest?.number ?? null,
  ];
}
