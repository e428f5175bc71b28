import { MarkLink, percent, Plot } from "#components/charts/plot";
import { linearScale } from "#lib/charts/scale";

interface BulletRow {
  label: string;
  /** Per cent. */
  value: number;
  /** Null: none is set. */
  target: number | null;
  title: string;
  href?: string;
}

const rowHeight = 26;

/**
 * Shares close to 100 % against their targets: a dot for what was reached, a bar across for the target, a line for how far they are apart.
 * The axis is cut, so nothing is drawn as a length from zero.
 */
export function BulletDots({ rows }: { rows: readonly BulletRow[] }) {
  const from = axisStart(rows);
  const scale = linearScale(from, 100);
  const ticks = [from, (from + 100) / 2, 100];
  return (
    <Plot
      height={rows.length * rowHeight}
      yTicks={rows.map(({ label }, index) => ({ at: 1 - (index + 0.5) / rows.length, label }))}
      xTicks={ticks.map((tick) => ({ at: scale(tick), label: `${Number(tick.toFixed(3))} %` }))}
      grid="x"
      gutter={148}
    >
      {rows.map(({ label, value, target, title, href }, index) => {
        const y = (index + 0.5) * rowHeight;
        const missed = target !== null && value < target;
        return (
          <MarkLink key={label} href={href} title={title}>
            {target === null ? null : (
              <>
                <line
                  x1={percent(scale(value))}
                  x2={percent(scale(target))}
                  y1={y}
                  y2={y}
                  stroke={missed ? "var(--status-red-fg)" : "var(--chart-grid)"}
                  strokeWidth="3"
                />
                <line
                  x1={percent(scale(target))}
                  x2={percent(scale(target))}
                  y1={y - 9}
                  y2={y + 9}
                  stroke="var(--text)"
                  strokeWidth="2"
                />
              </>
            )}
            <circle
              cx={percent(scale(value))}
              cy={y}
              r="5"
              fill={missed ? "var(--surface)" : "var(--chart-1)"}
              stroke={missed ? "var(--status-red-fg)" : "var(--chart-1)"}
              strokeWidth="2.5"
            />
          </MarkLink>
        );
      })}
    </Plot>
  );
}

/** The roundest start that leaves room for the worst value and target: 99.9, 99.5, 99, 98, 95, 90, or 0. */
function axisStart(rows: readonly BulletRow[]): number {
  const least = Math.min(100, ...rows.flatMap(({ value, target }) => [value, target ?? 100]));
  return [99.9, 99.5, 99, 98, 95, 90].find((start) => start <= least) ?? 0;
}
