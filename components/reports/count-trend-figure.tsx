import { ChartFrame } from "#components/charts/chart-frame";
import { TrendChart } from "#components/charts/trend-chart";
import { CountedLink } from "#components/reports/counted-link";
import { VerdictBadge } from "#components/reports/verdict-badge";
import { TextLink } from "#components/ui/link";
import { linearScale, roundTicks } from "#lib/charts/scale";
import { periodLabel } from "#lib/reports/period-label";
import type { PeriodUnit } from "#lib/reports/period";
import type { Counted } from "#lib/reports/report-frame";
import { numberSignals, signalText } from "#lib/reports/signal-text";
import type { Signal } from "#lib/statistics/control-chart";
import type { Limits } from "#lib/statistics/process-behaviour";
import type { Verdict } from "#lib/statistics/verdict";

interface CountTrendFigureProps {
  /** What is counted: "Incidents". */
  noun: string;
  unit: PeriodUnit;
  periods: readonly { day: string; incomplete: boolean; counted: Counted; changes?: number }[];
  limits: Limits | null;
  signals: readonly Signal[];
  verdict: Verdict;
  timeZone: string;
  csvHref?: string;
}

/** Counts over time with the limits of what is usual, and the verdict that they support. */
export function CountTrendFigure(props: CountTrendFigureProps) {
  const { noun, unit, periods, limits, signals, verdict, timeZone, csvHref } = props;
  const numbered = numberSignals(signals);
  const ticks = roundTicks(Math.max(1, limits?.upper ?? 0, ...periods.map(({ counted }) => counted.count)));
  const scale = linearScale(0, ticks.at(-1) ?? 1);
  const withChanges = periods.some(({ changes }) => changes !== undefined);
  const n = periods.reduce((sum, { counted }) => sum + counted.count, 0);
  return (
    <ChartFrame
      title={
        <span className="flex flex-wrap items-center gap-2">
          {noun} by {unit} <VerdictBadge word={verdict.word} />
        </span>
      }
      subtitle={`Count of each ${unit} (${timeZone}), n = ${n.toLocaleString("en")}${withChanges ? "; triangles: changes of their services" : ""}`}
      note={`${verdict.because} ${limitsNote(limits)}`}
      actions={
        csvHref === undefined ? undefined : (
          <TextLink href={csvHref} prefetch={false} data-screen>
            CSV
          </TextLink>
        )
      }
      table={{
        columns: [
          { label: unit === "week" ? "Week of" : "Month" },
          { label: noun, numeric: true },
          ...(withChanges ? [{ label: "Changes", numeric: true }] : []),
          { label: "Signal?" },
        ],
        rows: periods.map((period, index) => [
          `${periodLabel(unit, period.day)}${period.incomplete ? " (not complete)" : ""}`,
          <CountedLink
            key="n"
            counted={period.counted}
            noun={`${noun.toLowerCase()} of ${periodLabel(unit, period.day)}`}
          />,
          ...(withChanges ? [(period.changes ?? 0).toLocaleString("en")] : []),
          signalText(signals, index),
        ]),
      }}
    >
      <TrendChart
        points={periods.map(({ day, incomplete, counted }, index) => ({
          label: periodLabel(unit, day),
          value: counted.count,
          title: `${periodLabel(unit, day)}: ${counted.count.toLocaleString("en")}`,
          href: counted.count === 0 ? undefined : counted.href,
          signal: numbered.get(index),
          incomplete,
        }))}
        limits={limits ? [{ ...limits, from: 0, to: periods.length - 1 }] : []}
        scale={scale}
        yTicks={ticks.map((tick) => ({ at: scale(tick), label: String(tick) }))}
        rail={withChanges ? periods.map(({ changes }) => changes ?? 0) : undefined}
      />
    </ChartFrame>
  );
}

function limitsNote(limits: Limits | null): string {
  if (limits === null) return "";
  const range = `${Math.round(limits.lower)} to ${Math.round(limits.upper)}`;
  return limits.provisional
    ? `Provisional natural limits ${range}: fewer than twelve complete periods.`
    : `Natural limits ${range} from the first twelve complete periods.`;
}
