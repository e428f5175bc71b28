import { CLOCK_WORDS } from "#lib/reports/clock-words";
import type { ReportDocument } from "#lib/reports/document";
import type { ResponseReport } from "#lib/reports/response-report";
import { formatDuration } from "#lib/time/format";

const MOST_GROUPS = 15;

/** The response report as it is sent and shared. */
export function responseDocument(report: ResponseReport): ReportDocument {
  const duration = (ms: number | null) => (ms === null ? "–" : formatDuration(ms));
  const clock = CLOCK_WORDS[report.clock].name;
  const { trend, groups } = report;
  const measured = groups.filter(({ median }) => median !== null).slice(0, MOST_GROUPS);
  return {
    title: "Response",
    subtitle: `${report.from.slice(0, 10)} to ${report.to.slice(0, 10)}, ${report.timeZone}; ${report.total.count} incidents, ${report.open.count} of them open`,
    numbers: report.clocks.map(({ clock: name, median, low, high, n }) => ({
      label: CLOCK_WORDS[name].name,
      value: duration(median),
      note: `median${low === null || high === null ? "" : ` (${duration(low)} to ${duration(high)})`}, n = ${n}`,
    })),
    figures: [
      {
        title: `${clock}: ${trend.verdict.word}`,
        caption: `Median of each ${trend.unit}; what has not ended is hollow`,
        chart: {
          kind: "line",
          points: trend.periods.map(({ day, median, incomplete }) => ({
            label: day.slice(5),
            value: median,
            text: duration(median),
            incomplete,
          })),
          centre: trend.limits?.centre ?? null,
          low: trend.limits?.lower ?? null,
          high: trend.limits?.upper ?? null,
        },
        head: [trend.unit === "week" ? "Week from" : "Month from", "Median", "n"],
        rows: trend.periods.map(({ day, median, n }) => [day, duration(median), String(n)]),
      },
      {
        title: `${clock} by group`,
        caption: `Median; at most ${MOST_GROUPS}, the longest first`,
        chart:
          measured.length === 0
            ? null
            : {
                kind: "bars",
                most: Math.max(...measured.map(({ median }) => median ?? 0)),
                bars: measured.map(({ name, median }) => ({
                  label: name,
                  value: median ?? 0,
                  text: duration(median),
                  mark: null,
                })),
              },
        head: ["Group", "Median", "p90", "n", "Open"],
        rows: groups
          .slice(0, MOST_GROUPS)
          .map(({ name, median, p90, n, open }) => [
            name,
            duration(median),
            duration(p90),
            String(n),
            String(open.count),
          ]),
      },
    ],
    notes: [
      `${CLOCK_WORDS[report.clock].definition} Open incidents are never counted as finished. Left out: ${report.excluded.merged.count} merged, ${report.excluded.auto.count} resolved by a machine.`,
    ],
  };
}
