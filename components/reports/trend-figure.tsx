import { ChartFrame } from "#components/charts/chart-frame";
import { TrendChart } from "#components/charts/trend-chart";
import { CountedLink } from "#components/reports/counted-link";
import { DurationText, RangeText } from "#components/reports/duration-text";
import { VerdictBadge } from "#components/reports/verdict-badge";
import { TextLink } from "#components/ui/link";
import { durationAxis } from "#lib/charts/scale";
import { CLOCK_WORDS } from "#lib/reports/clock-words";
import type { Signal } from "#lib/statistics/control-chart";
import type { PeriodSummary, ResponseReport } from "#lib/reports/response-report";
import { formatDuration } from "#lib/time/format";

const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const monthAndYear = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

/** The chosen clock over time as a process behaviour chart, with the verdict and the test behind it. */
export function TrendFigure({ report, csvHref }: { report: ResponseReport; csvHref: string }) {
  const { trend, clock } = report;
  const words = CLOCK_WORDS[clock];
  const labelOf = (period: PeriodSummary) =>
    (trend.unit === "week" ? dayAndMonth : monthAndYear).format(new Date(`${period.day}T00:00:00Z`));
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

/** Signals one after the other are one change: only the first is numbered. */
function numberSignals(signals: readonly Signal[]): Map<number, number> {
  const numbered = new Map<number, number>();
  for (const [position, signal] of signals.entries()) {
    const before = signals[position - 1];
    const goesOn = before !== undefined && before.side === signal.side;
    if (!goesOn) numbered.set(signal.index, numbered.size + 1);
  }
  return numbered;
}

function signalText(signals: readonly Signal[], index: number): string {
  const signal = signals.find((entry) => entry.index === index);
  if (!signal) return "–";
  return signal.kind === "outside" ? `${signal.side} the limits` : `eight in a row ${signal.side} the centre`;
}

function limitsNote(limits: ResponseReport["trend"]["limits"]): string {
  if (limits === null) return "";
  const range = `${formatDuration(limits.lower)} to ${formatDuration(limits.upper)}`;
  return limits.provisional
    ? `Provisional natural limits ${range}: fewer than twelve complete periods.`
    : `Natural limits ${range} from the first twelve complete periods.`;
}
