import { MarkLink, percent, Plot } from "#components/charts/plot";
import { placeLabels } from "#lib/charts/place-labels";
import { linearScale, logScale } from "#lib/charts/scale";

export interface ScatterPoint {
  key: string;
  /** Above zero: the axis is logarithmic. */
  x: number;
  /** A share, 0 to 1. */
  y: number;
  /** The dot's area stands for it. */
  size: number;
  title: string;
  href?: string;
  /** Written beside the dot, where it does not touch that of a point before. */
  label?: string | undefined;
}

interface ScatterPlotProps {
  points: readonly ScatterPoint[];
  /** Shades and names the corner of high x and low y. */
  corner: { x: number; y: number; label: string };
  height?: number;
}

const smallest = 4;
const largest = 16;
const inset = 0.04;
/** Further right than this a label stands to the left of its dot. */
const BEYOND = 0.7;

/** How often against a share: a dot for each thing, the heavier ones larger, log scale below. */
export function ScatterPlot({ points, corner, height = 300 }: ScatterPlotProps) {
  const [low, high] = bounds(points.map(({ x }) => x));
  const share = logScale(low, high);
  // The largest dot at the lower end stays clear of the labels on the left.
  const x = (value: number) => inset + (1 - inset) * share(value);
  const y = linearScale(0, 1);
  const most = Math.max(1, ...points.map(({ size }) => size));
  const topOf = (rate: number) => (1 - y(rate)) * height;
  const labels = placeLabels(
    points.flatMap(({ key, label, ...point }) =>
      label === undefined
        ? []
        : [{ key, text: label, at: x(point.x), top: topOf(point.y), before: x(point.x) > BEYOND }],
    ),
  );
  const from = Math.min(0.96, Math.max(0.04, x(Math.max(low, corner.x))));
  return (
    // Dots at the upper edge reach beyond it.
    <div style={{ paddingTop: largest - 4 }}>
      <Plot
        height={height}
        yTicks={[0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: `${at * 100} %` }))}
        xTicks={decades(low, high).map((value) => ({ at: x(value), label: value.toLocaleString("en") }))}
      >
        <rect
          x={percent(from)}
          width={percent(1 - from)}
          y={(1 - corner.y) * height}
          height={corner.y * height}
          fill="var(--chart-band)"
          opacity="0.6"
        />
        {/* Ends at the plot's edge: where the corner is narrow, it begins before it. */}
        <text
          x="100%"
          dx="-6"
          y={(1 - corner.y) * height + 14}
          fontSize="11"
          textAnchor="end"
          fill="var(--text-2)"
          stroke="var(--surface)"
          strokeWidth="3"
          paintOrder="stroke"
        >
          {corner.label}
        </text>
        {points.map((point) => (
          <Dot
            key={point.key}
            point={labels.has(point.key) ? point : { ...point, label: undefined }}
            at={x(point.x)}
            top={topOf(point.y)}
            radius={smallest + (largest - smallest) * Math.sqrt(point.size / most)}
          />
        ))}
      </Plot>
    </div>
  );
}

function Dot(props: { point: ScatterPoint; at: number; top: number; radius: number }) {
  const { point, at, top, radius } = props;
  const beyond = at > BEYOND;
  return (
    <MarkLink href={point.href} title={point.title}>
      <circle
        cx={percent(at)}
        cy={top}
        r={radius}
        fill="var(--chart-1)"
        fillOpacity="0.55"
        stroke="var(--chart-1)"
        strokeWidth="1"
      />
      {point.label === undefined ? null : (
        <text
          x={percent(at)}
          dx={beyond ? -radius - 4 : radius + 4}
          y={top}
          dy="4"
          fontSize="11"
          textAnchor={beyond ? "end" : "start"}
          fill="var(--text)"
          stroke="var(--surface)"
          strokeWidth="3"
          paintOrder="stroke"
          className="hidden @md/plot:inline"
        >
          {point.label}
        </text>
      )}
    </MarkLink>
  );
}

/** Whole decades around the values. */
function bounds(values: readonly number[]): [number, number] {
  const low = 10 ** Math.floor(Math.log10(Math.min(1, ...values)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(10, ...values) * 1.2));
  return [low, high];
}

function decades(low: number, high: number): number[] {
  const count = Math.round(Math.log10(high / low));
  return Array.from({ length: count + 1 }, (_, index) => Number((low * 10 ** index).toPrecision(3)));
}
