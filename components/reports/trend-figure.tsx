import { ChartFrame } from "#components/charts/chart-frame";
import { TrendChart } from "#components/charts/trend-chart";
import { CountedLink } from "#components/reports/counted-link";
import { DurationText, RangeText } from "#components/reports/duration-text";
import { VerdictBadge } from "#components/reports/verdict-badge";
import { TextLink } from "#components/ui/link";
import { durationAxis } from "#lib/charts/scale";
import { CLOCK_WORDS } from "#lib/reports/clock-words";
import { periodLabel } from "#lib/reports/period-label";
import type { PeriodSummary, ResponseReport } from "#lib/reports/response-report";
import { numberSignals, signalText } from "#lib/reports/signal-text";
import { formatDuration } from "#lib/time/format";

/** The chosen clock over time as a process behaviour chart, with the verdict and the test behind it. */
export function TrendFigure({ report, csvHref }: { report: ResponseReport; csvHref: string }) {
  const { trend, clock } = report;
  const words = CLOCK_WORDS[clock];
  const labelOf = (period: PeriodSummary) => periodLabel(trend.unit, period.day);
  const numbered = numberSignals(trend.signals);
  const { limits } = trend;
  const shown = trend.periods.flatMap(({ median }) => median ?? []);
  const axis = durationAxis([...shown, ...(limits ? [limits.lower, limits.upper] : [])]);
  const last = trend.periods.length - 1;
  return (
    <ChartFrame
      title={
        <span className="flex flex-wrap items-center gap-2">
          {words.name} by {trend.unit} <VerdictBadge word={trend.verdict.word} />
        </span>
      }
      subtitle={`Median of each ${trend.unit}, log scale, by when incidents were created (${report.timeZone})`}
      note={`${trend.verdict.because} ${limitsNote(limits)}`}
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
      table={{
        columns: [
          { label: trend.unit === "week" ? "Week of" : "Month" },
          { label: "n", numeric: true },
          { label: "Median", numeric: true },
          { label: "Middle half", numeric: true },
          { label: "Signal?" },
        ],
        rows: trend.periods.map((period, index) => [
          `${labelOf(period)}${period.incomplete ? " (not complete)" : ""}`,
          <CountedLink
            key="n"
            counted={{ count: period.n, href: period.href }}
            noun={`incidents of ${labelOf(period)}`}
          />,
          <DurationText key="median" ms={period.median} />,
          <RangeText
            key="half"
            low={period.firstQuartile}
            high={period.thirdQuartile}
            because="Nothing measured"
          />,
          signalText(trend.signals, index),
        ]),
      }}
    >
      <TrendChart
        points={trend.periods.map((period, index) => ({
          label: labelOf(period),
          value: period.median ?? undefined,
          title: `${labelOf(period)}: ${period.median === null ? "nothing measured" : formatDuration(period.median)}, n = ${period.n}`,
          href: period.href,
          signal: numbered.get(index),
          incomplete: period.incomplete,
        }))}
        limits={limits ? [{ ...limits, from: 0, to: last }] : []}
        scale={axis.scale}
        yTicks={axis.ticks.map(({ at, label }) => ({ at, label }))}
      />
    </ChartFrame>
  );
}

function limitsNote(limits: ResponseReport["trend"]["limits"]): string {
  if (limits === null) return "";
  const range = `${formatDuration(limits.lower)} to ${formatDuration(limits.upper)}`;
  return limits.provisional
    ? `Provisional natural limits ${range}: fewer than twelve complete periods.`
    : `Natural limits ${range} from the first twelve complete periods.`;
}
