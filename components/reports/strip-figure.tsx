import { ChartFrame } from "#components/charts/chart-frame";
import { StripPlot } from "#components/charts/strip-plot";
import { summaryTableCells } from "#components/reports/summary-table-cells";
import { CLOCK_WORDS } from "#lib/reports/clock-words";
import type { ResponseReport } from "#lib/reports/response-report";
import { formatDuration } from "#lib/time/format";

/** Every incident as a dot, by priority: the distribution before any figure about it. */
export function StripFigure({ report }: { report: ResponseReport }) {
  const words = CLOCK_WORDS[report.clock];
  const measured = report.strips.reduce((sum, strip) => sum + strip.n, 0);
  const sampled = report.dots.length < measured;
  return (
    <ChartFrame
      title={`${words.name} by priority`}
      subtitle={`Each dot is an incident; tick = median, band = middle half, dashed = p90 where n ≥ 20; log scale, n = ${measured.toLocaleString("en")}`}
      note={
        sampled
          ? `${report.dots.length} of ${measured.toLocaleString("en")} incidents are drawn, chosen evenly; the figures count all of them.`
          : undefined
      }
      table={{
        columns: [
          { label: "Priority" },
          { label: "n", numeric: true },
          { label: "First quartile", numeric: true },
          { label: "Median", numeric: true },
          { label: "Third quartile", numeric: true },
          { label: "p90", numeric: true },
          { label: "Longest", numeric: true },
        ],
        rows: report.strips.map((strip) => [
          strip.name,
          ...summaryTableCells(strip, `${strip.name} incidents`),
        ]),
      }}
    >
      <StripPlot
        rowHeight={64}
        rows={report.strips.map((strip) => ({
          label: strip.rank === null ? "None" : strip.name,
          median: strip.median ?? undefined,
          quartiles:
            strip.firstQuartile === null || strip.thirdQuartile === null || strip.n < 5
              ? undefined
              : [strip.firstQuartile, strip.thirdQuartile],
          p90: strip.p90 ?? undefined,
          color: strip.rank === null ? "var(--chart-other)" : `var(--severity-${strip.rank})`,
          dots: report.dots
            .filter((dot) => dot.priority === strip.key)
            .map((dot) => ({
              value: dot.ms,
              title: `#${dot.number} ${dot.title}: ${formatDuration(dot.ms)}`,
              href: `/incidents/${dot.number}`,
            })),
        }))}
      />
    </ChartFrame>
  );
}
