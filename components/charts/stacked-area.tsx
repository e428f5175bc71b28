import { Plot } from "#components/charts/plot";
import { roundTicks } from "#lib/charts/scale";

interface StackedAreaProps {
  /** One a point: the values of its layers, the lowest first. */
  points: readonly { label: string; values: readonly number[] }[];
  /** One a layer. */
  layers: readonly { label: string; fill: string }[];
  height?: number;
}

/** Amounts over time, laid on one another; the top is their sum. */
export function StackedArea({ points, layers, height = 220 }: StackedAreaProps) {
  const sums = points.map(({ values }) =>
    layers.map((_, layer) => values.slice(0, layer + 1).reduce((sum, value) => sum + value, 0)),
  );
  // Counts: there is no half of one.
  const ticks = roundTicks(Math.max(1, ...sums.map((stack) => stack.at(-1) ?? 0))).filter(Number.isInteger);
  const most = ticks.at(-1) ?? 1;
  const last = Math.max(1, points.length - 1);
  const every = Math.ceil(points.length / 5);
  const edge = (layer: number) =>
    sums.map((stack, index) => [
      (index / last) * 100,
      100 - ((layer < 0 ? 0 : (stack[layer] ?? 0)) / most) * 100,
    ]);
  return (
    <Plot
      height={height}
      yTicks={ticks.map((tick) => ({ at: tick / most, label: String(tick) }))}
      xTicks={points.map(({ label }, index) => ({
        at: index / last,
        label: index % every === 0 ? label : "",
        minor: index % (every * 2) !== 0,
      }))}
    >
      <svg width="100%" height={height} viewBox="0 0 100 100" preserveAspectRatio="none">
        {layers.map(({ label, fill }, layer) => (
          <polygon
            key={label}
            points={[...edge(layer), ...edge(layer - 1).toReversed()].map(([x, y]) => `${x},${y}`).join(" ")}
            fill={fill}
            stroke="var(--text-3)"
            strokeWidth="1"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
    </Plot>
  );
}
