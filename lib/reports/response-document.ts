import { CLOCK_WORDS } from "#lib/reports/clock-words";
import type { ReportDocument } from "#lib/reports/document";
import { barsOf, countText, durationText, periodHead, rangeText } from "#lib/reports/document-words";
import { periodLabel } from "#lib/reports/period-label";
import type { ResponseReport } from "#lib/reports/response-report";

const MOST_GROUPS = 15;

/** The response report as it is sent and shared. */
export function responseDocument(report: ResponseReport): ReportDocument {
  const clock = CLOCK_WORDS[report.clock].name;
  const { trend, groups } = report;
  const measured = groups.filter(({ median }) => median !== null).slice(0, MOST_GROUPS);
  return {
    title: "Response",
    subtitle: `${rangeText(report)}; ${countText(report.total.count)} incidents, ${countText(report.open.count)} of them open`,
    numbers: report.clocks.map(({ clock: name, median, low, high, n }) => ({
      label: CLOCK_WORDS[name].name,
      value: durationText(median),
      note: `median${low === null || high === null ? "" : ` (${durationText(low)} to ${durationText(high)})`}, n = ${n}`,
    })),
    figures: [
      {
        title: `${clock}: ${trend.verdict.word}`,
        caption: `Median of each ${trend.unit}; what has not ended is hollow`,
        chart: {
          kind: "line",
          points: trend.periods.map(({ day, median, incomplete }) => ({
            label: periodLabel(trend.unit, day),
            value: median,
            text: durationText(median),
            incomplete,
          })),
          centre: trend.limits?.centre ?? null,
          low: trend.limits?.lower ?? null,
          high: trend.limits?.upper ?? null,
        },
        head: [periodHead(trend.unit), "Median", "n"],
        rows: trend.periods.map(({ day, median, n }) => [
          periodLabel(trend.unit, day),
          durationText(median),
          countText(n),
        ]),
      },
      {
        title: `${clock} by group`,
        caption: `Median; at most ${MOST_GROUPS}, the longest first`,
        chart: barsOf(
          measured.map(({ name, median }) => ({
            label: name,
            value: median ?? 0,
            text: durationText(median),
          })),
        ),
        head: ["Group", "Median", "p90", "n", "Open"],
        rows: groups
          .slice(0, MOST_GROUPS)
          .map(({ name, median, p90, n, open }) => [
            name,
            durationText(median),
            durationText(p90),
            countText(n),
            countText(open.count),
          ]),
      },
    ],
    notes: [
      `${CLOCK_WORDS[report.clock].definition} Open incidents are never counted as finished. Left out: ${report.excluded.merged.count} merged, ${report.excluded.auto.count} resolved by a machine. Times corrected by people: ${report.corrected.count}.`,
    ],
  };
}
