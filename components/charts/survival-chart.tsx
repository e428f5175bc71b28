import { Plot, percent } from "#components/charts/plot";
import { durationAxis, type Scale } from "#lib/charts/scale";

export interface SurvivalCurve {
  label: string;
  /** From `ms` on, `share` of them are left, between `low` and `high`. */
  steps: readonly { ms: number; share: number; low: number; high: number }[];
}

interface SurvivalChartProps {
  /** At most three, the most important first. */
  curves: readonly SurvivalCurve[];
  height?: number;
}

const colors = ["var(--chart-1)", "var(--chart-2)", "var(--chart-3)"];
const yTicks = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: `${at * 100} %` }));

/** The share that is left after a time, as steps on a log axis of durations, the first curve with its interval. */
export function SurvivalChart({ curves, height = 220 }: SurvivalChartProps) {
  const axis = durationAxis(curves.flatMap(({ steps }) => steps.map(({ ms }) => ms)));
  return (
    <Plot
      height={height}
      yTicks={yTicks}
      xTicks={axis.ticks.map((tick, index) => ({ at: tick.at, label: tick.label, minor: index % 2 === 1 }))}
    >
      {curves.slice(0, 3).map((curve, index) => (
        <Curve
          key={curve.label}
          curve={curve}
          scale={axis.scale}
          height={height}
          color={colors[index] ?? "var(--chart-1)"}
          dashed={index > 0}
          labelAt={0.35 + index * 0.2}
        />
      ))}
    </Plot>
  );
}

interface CurveProps {
  curve: SurvivalCurve;
  scale: Scale;
  height: number;
  color: string;
  dashed: boolean;
  /** The share left at which the curve's name stands. */
  labelAt: number;
}

function Curve({ curve, scale, height, color, dashed, labelAt }: CurveProps) {
  const y = (share: number) => (1 - share) * height;
  const spans = curve.steps.map((step, index) => ({
    ...step,
    from: scale(step.ms),
    to: index + 1 < curve.steps.length ? scale(curve.steps[index + 1]?.ms ?? step.ms) : 1,
    before: index === 0 ? 1 : (curve.steps[index - 1]?.share ?? 1),
  }));
  const named = spans.find(({ share }) => share <= labelAt);
  const dash = dashed ? "5 3" : undefined;
  return (
    <g stroke={color} strokeWidth="1.75">
      {dashed
        ? null
        : spans.map((span) => (
            <rect
              key={span.ms}
              x={percent(span.from)}
              width={percent(Math.max(0, span.to - span.from))}
              y={y(span.high)}
              height={Math.max(0, y(span.low) - y(span.high))}
              fill="var(--chart-band)"
              stroke="none"
            />
          ))}
      <line x1="0" x2={percent(spans[0]?.from ?? 1)} y1={y(1)} y2={y(1)} strokeDasharray={dash} />
      {spans.map((span) => (
        <g key={span.ms} strokeDasharray={dash}>
          <line x1={percent(span.from)} x2={percent(span.from)} y1={y(span.before)} y2={y(span.share)} />
          <line x1={percent(span.from)} x2={percent(span.to)} y1={y(span.share)} y2={y(span.share)} />
        </g>
      ))}
      {named === undefined ? null : (
        <text
          x={percent(named.from)}
          y={y(named.share)}
          dx="7"
          dy="-3"
          fontSize="11"
          fill="var(--text)"
          stroke="var(--surface)"
          strokeWidth="3"
          paintOrder="stroke"
        >
          {curve.label}
        </text>
      )}
    </g>
  );
}
