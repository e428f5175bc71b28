import { MarkLink, percent, Plot, type AxisTick } from "#components/charts/plot";
import type { Scale } from "#lib/charts/scale";

export interface IntervalRow {
  label: string;
  value: number | undefined;
  low: number;
  high: number;
  title: string;
  href?: string;
  /** Told from chance: filled, the others hollow. */
  signal?: boolean;
}

interface IntervalPlotProps {
  rows: readonly IntervalRow[];
  scale: Scale;
  xTicks: readonly AxisTick[];
  /** The value that means no difference, or the target: a vertical line. */
  reference?: number;
}

const rowHeight = 28;

/** A dot with its interval for each row; values beyond the axis end at its edge. */
export function IntervalPlot({ rows, scale, xTicks, reference }: IntervalPlotProps) {
  return (
    <Plot
      height={rows.length * rowHeight}
      yTicks={rows.map((row, index) => ({ at: 1 - (index + 0.5) / rows.length, label: row.label }))}
      xTicks={xTicks}
      grid="x"
      gutter={148}
    >
      {reference === undefined ? null : (
        <line
          x1={percent(scale(reference))}
          x2={percent(scale(reference))}
          y1="0"
          y2="100%"
          stroke="var(--text-2)"
          strokeDasharray="4 3"
        />
      )}
      {rows.map((row, index) => {
        const y = (index + 0.5) * rowHeight;
        return (
          <MarkLink key={row.label} href={row.href} title={row.title}>
            <line
              x1={percent(scale(row.low))}
              x2={percent(scale(row.high))}
              y1={y}
              y2={y}
              stroke="var(--chart-1)"
              strokeWidth="2"
              opacity="0.55"
            />
            {row.value === undefined ? null : (
              <circle
                cx={percent(scale(row.value))}
                cy={y}
                r="4.5"
                fill={row.signal === true ? "var(--chart-1)" : "var(--surface)"}
                stroke="var(--chart-1)"
                strokeWidth="1.75"
              />
            )}
          </MarkLink>
        );
      })}
    </Plot>
  );
}
