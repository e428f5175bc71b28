import type { ReactNode } from "react";

/** A share of the width as an SVG length; text and strokes keep their size at any width. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))}%`;
}

export interface AxisTick {
  /** Share of the axis, 0 to 1. */
  at: number;
  label: string;
  /** Dropped first where the plot is narrow. */
  minor?: boolean;
}

interface PlotProps {
  /** Pixels. */
  height: number;
  /** Marks of the value axis on the left; 0 is the bottom. */
  yTicks?: readonly AxisTick[];
  /** Marks under the plot. */
  xTicks?: readonly AxisTick[];
  /** Vertical lines at the x marks instead of horizontal ones at the y marks. */
  grid?: "x" | "y" | "none";
  /** Pixels kept free for the labels on the left. */
  gutter?: number;
  children: ReactNode;
}

/**
 * The frame of axes. Drawn on the server in shares of the width, so it needs no script, fits any column and prints.
 * Hidden from assistive technology: the figure's caption and table say the same.
 */
export function Plot({ height, yTicks = [], xTicks = [], grid = "y", gutter, children }: PlotProps) {
  const left = gutter ?? (yTicks.length === 0 ? 0 : 44);
  return (
    <div aria-hidden="true" className="tabular" style={{ paddingLeft: left }}>
      <div className="relative" style={{ height }}>
        {yTicks.map((tick) => (
          <span
            key={tick.label}
            className="absolute right-full -translate-y-1/2 pr-2 text-meta whitespace-nowrap text-text-3"
            style={{ top: percent(1 - tick.at) }}
          >
            {tick.label}
          </span>
        ))}
        <svg width="100%" height={height} className="absolute inset-0 overflow-visible">
          <ChartPatterns />
          {grid === "y" ? yTicks.map((tick) => <GridLine key={tick.label} y={percent(1 - tick.at)} />) : null}
          {grid === "x" ? xTicks.map((tick) => <GridLine key={tick.label} x={percent(tick.at)} />) : null}
          {children}
        </svg>
      </div>
      {xTicks.length === 0 ? null : <XAxis ticks={xTicks} />}
    </div>
  );
}

function GridLine({ x, y }: { x?: string; y?: string }) {
  return (
    <line
      x1={x ?? "0"}
      x2={x ?? "100%"}
      y1={y ?? "0"}
      y2={y ?? "100%"}
      stroke="var(--chart-grid)"
      shapeRendering="crispEdges"
    />
  );
}

function XAxis({ ticks }: { ticks: readonly AxisTick[] }) {
  return (
    <div className="relative mt-1.5 h-4 text-meta text-text-3">
      {ticks.map((tick) => (
        <span
          key={`${tick.at} ${tick.label}`}
          className={`absolute whitespace-nowrap ${tick.minor === true ? "hidden @md/plot:inline" : ""} ${
            tick.at <= 0.02 ? "" : tick.at >= 0.98 ? "-translate-x-full" : "-translate-x-1/2"
          }`}
          style={{ left: percent(tick.at) }}
        >
          {tick.label}
        </span>
      ))}
    </div>
  );
}

/** Hatches for what is not finished or not there; defined once per drawing. */
export function ChartPatterns() {
  return (
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" y1="0" x2="0" y2="6" stroke="var(--text-3)" strokeWidth="2" />
      </pattern>
      <pattern
        id="hatch-gap"
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <line x1="0" y1="0" x2="0" y2="6" stroke="var(--status-red-fg)" strokeWidth="1.5" opacity="0.45" />
      </pattern>
    </defs>
  );
}

/** A mark that opens what it stands for: by pointer, and by the arrow keys of the PlotReader around it. */
export function MarkLink({ href, title, children }: { href?: string; title: string; children: ReactNode }) {
  if (href === undefined) {
    return (
      <g data-point>
        <title>{title}</title>
        {children}
      </g>
    );
  }
  return (
    <a data-point href={href} tabIndex={-1} className="hover:brightness-90">
      <title>{title}</title>
      {children}
    </a>
  );
}
