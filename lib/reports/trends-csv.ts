import { csvRecord } from "#lib/reports/csv";
import type { CsvValue } from "#lib/reports/csv";
import type { TrendsReport } from "#lib/reports/trends-report";

export const TREND_FIGURES = ["periods", "rows", "changes"] as const;
export type TrendFigure = (typeof TREND_FIGURES)[number];

/** One figure of the trends report as CSV. */
export function trendsCsv(report: TrendsReport, figure: TrendFigure): string {
  return recordsOf(report, figure).map(csvRecord).join("");
}

function recordsOf(report: TrendsReport, figure: TrendFigure): CsvValue[][] {
  switch (figure) {
    case "periods":
      return [
        [report.unit, "incidents", "changes", "centre", "lower_limit", "upper_limit", "signal", "incomplete"],
        ...report.periods.map((period, index) => [
          period.day,
          period.incidents.count,
          period.changes,
          report.limits?.centre ?? null,
          report.limits?.lower ?? null,
          report.limits?.upper ?? null,
          report.signals.find((signal) => signal.index === index)?.kind ?? null,
          period.incomplete,
        ]),
      ];
    case "rows":
      return [
        [
          "group",
          "total",
          ...report.periods.map(({ day }) => day),
          "recent",
          "expected",
          "adjusted_p",
          "verdict",
        ],
        ...report.rows.map(({ name, total, cells, change }) => [
          name,
          total.count,
          ...cells.map(({ count }) => count),
          change?.count ?? null,
          change?.expected ?? null,
          change?.adjusted ?? null,
          change?.word ?? "too little data",
        ]),
      ];
    case "changes":
      return [
        [
          "service",
          "changes",
          "incidents_after",
          "expected",
          "ratio",
          "low_95",
          "high_95",
          "p",
          "adjusted_p",
        ],
        ...report.afterChanges.map((row) => [
          row.name,
          row.changes,
          row.after.count,
          row.expected,
          row.ratio,
          row.low,
          Number.isFinite(row.high) ? row.high : null,
          row.p,
          row.adjusted,
        ]),
      ];
  }
}
