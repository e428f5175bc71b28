import { MarkLink, percent, Plot } from "#components/charts/plot";
import { roundTicks } from "#lib/charts/scale";

export interface StackPart {
  label: string;
  value: number;
  title: string;
  href?: string;
}

export interface Stack {
  label: string;
  /** In the order of the colours. */
  parts: readonly StackPart[];
  incomplete?: boolean;
}

interface StackedBarsProps {
  stacks: readonly Stack[];
  /** One a part; what is not known is hatched. */
  fills: readonly string[];
  /** Shares of each bar instead of amounts; n stands under every bar. */
  asShares?: boolean;
  /** A level, as a share of the height, that bars are held against. */
  reference?: number;
  height?: number;
}

const shareTicks = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: `${at * 100} %` }));

/** Bars made of parts, one for each period; every part opens what it counts. */
export function StackedBars({ stacks, fills, asShares = false, reference, height = 200 }: StackedBarsProps) {
  const totals = stacks.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  // Counts: there is no half of one.
  const ticks = roundTicks(Math.max(1, ...totals)).filter(Number.isInteger);
  const most = ticks.at(-1) ?? 1;
  const every = Math.ceil(stacks.length / 5);
  const slot = 1 / Math.max(1, stacks.length);
  return (
    <Plot
      height={height}
      yTicks={
        asShares ? shareTicks : ticks.map((tick) => ({ at: tick / most, label: tick.toLocaleString("en") }))
      }
      xTicks={stacks.map(({ label }, index) => ({
        at: (index + 0.5) * slot,
        label: index % every === 0 ? label : "",
        minor: index % (every * 2) !== 0,
      }))}
    >
      {stacks.map((stack, index) => (
        <Bar
          key={stack.label}
          stack={stack}
          x={(index + 0.12) * slot}
          width={0.76 * slot}
          whole={asShares ? (totals[index] ?? 0) : most}
          height={height}
          fills={fills}
        />
      ))}
      {reference === undefined ? null : (
        <line
          x1="0"
          x2="100%"
          y1={(1 - reference) * height}
          y2={(1 - reference) * height}
          stroke="var(--text)"
          strokeDasharray="5 3"
        />
      )}
    </Plot>
  );
}

interface BarProps {
  stack: Stack;
  x: number;
  width: number;
  whole: number;
  height: number;
  fills: readonly string[];
}

function Bar({ stack, x, width, whole, height, fills }: BarProps) {
  if (whole === 0) return null;
  const sizes = stack.parts.map(({ value }) => (value / whole) * height);
  return (
    <g opacity={stack.incomplete === true ? 0.6 : 1}>
      {stack.parts.map((part, index) => {
        const size = sizes[index] ?? 0;
        const below = sizes.slice(0, index).reduce((sum, one) => sum + one, 0);
        return size === 0 ? null : (
          <MarkLink key={part.label} href={part.href} title={part.title}>
            <rect
              x={percent(x)}
              width={percent(width)}
              y={height - below - size}
              height={size}
              fill={fills[index] ?? "url(#hatch)"}
              stroke="var(--surface)"
              strokeWidth="1"
              strokeDasharray={stack.incomplete === true ? "3 2" : undefined}
            />
          </MarkLink>
        );
      })}
    </g>
  );
}
