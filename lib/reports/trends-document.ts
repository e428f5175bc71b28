import type { ReportDocument } from "#lib/reports/document";
import { barsOf, countText, countsOverTime, periodHead, rangeText } from "#lib/reports/document-words";
import type { Dimension } from "#lib/reports/trends-filter";
import type { TrendsReport } from "#lib/reports/trends-report";

const MOST_ROWS = 15;

/** The trends report as it is sent and shared. */
export function trendsDocument(report: TrendsReport, by: Dimension): ReportDocument {
  const { unit, verdict, stretches } = report;
  const largest = report.rows.slice(0, MOST_ROWS);
  const course = countsOverTime(
    unit,
    report.periods.map(({ day, incomplete, incidents }) => ({ day, incomplete, count: incidents.count })),
    report.limits,
  );
  return {
    title: "Trends",
    subtitle: `${rangeText(report)}; ${countText(report.total.count)} incidents`,
    findings: calledRows(report),
    numbers: [],
    figures: [
      {
        title: `Incidents: ${verdict.word}`,
        caption: `Count of each ${unit}; what has not ended is hollow. ${verdict.because}`,
        chart: course.chart,
        head: [periodHead(unit), "Incidents"],
        rows: course.rows,
      },
      {
        title: `Incidents by ${by}`,
        caption: `The largest ${largest.length} of ${report.rows.length + report.more.rows}; a change is called only where it stands among all of them at a false discovery rate of 10 %`,
        chart: barsOf(
          largest.map(({ name, total }) => ({
            label: name,
            value: total.count,
            text: countText(total.count),
          })),
        ),
        head: [by.charAt(0).toUpperCase() + by.slice(1), "Incidents", "Lately", "Expected", "Verdict"],
        rows: largest.map(({ name, total, change }) => [
          name,
          countText(total.count),
          change === null ? "–" : countText(change.count),
          change === null ? "–" : change.expected.toFixed(1),
          change?.word ?? "too little data",
        ]),
      },
    ],
    notes: [
      stretches === null
        ? "Fewer than six complete periods: too few to tell whether anything changed."
        : `Lately: the last ${stretches.recent} complete ${unit}s, against the ${stretches.earlier} before.`,
      `Left out: ${report.excluded.merged.count} merged, ${report.excluded.auto.count} resolved by a machine.`,
    ],
  };
}

/** At most three rows that a test has called, the surest first. */
function calledRows({ rows }: TrendsReport): string[] {
  return rows
    .flatMap(({ name, change }) =>
      change !== null && (change.word === "worsened" || change.word === "improved") ? [{ name, change }] : [],
    )
    .toSorted((a, b) => a.change.adjusted - b.change.adjusted)
    .slice(0, 3)
    .map(
      ({ name, change }) =>
        `${name} ${change.word}: ${countText(change.count)} lately, ${change.expected.toFixed(1)} expected.`,
    );
}
