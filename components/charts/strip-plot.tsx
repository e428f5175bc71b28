import type { ReactNode } from "react";
import { MarkLink, Plot, percent } from "#components/charts/plot";
import { placeDots } from "#lib/charts/dots";
import { durationAxis, type Scale } from "#lib/charts/scale";

export interface StripRow {
  label: string;
  /** Durations in milliseconds. */
  dots: readonly { value: number; title: string; href?: string }[];
  median?: number;
  /** The middle half: first and third quartile. */
  quartiles?: readonly [number, number];
  /** Only where the tail is large enough to be told. */
  p90?: number;
  /** Colour of the dots; ink without one. */
  color?: string;
}

interface StripPlotProps {
  rows: readonly StripRow[];
  rowHeight?: number;
}

/** A dot's width as a share of a plot 640 px wide: narrower ones overlap a little, wider ones breathe. */
const dotShare = 8 / 640;
const laneStep = 6;

/** Every incident is a dot on a log axis of durations: median tick, bar of the middle half, p90 tick. */
export function StripPlot({ rows, rowHeight = 72 }: StripPlotProps) {
  const axis = durationAxis(rows.flatMap((row) => row.dots.map((dot) => dot.value)));
  const several = rows.length > 1;
  return (
    <Plot
      height={rows.length * rowHeight}
      xTicks={axis.ticks.map((tick, index) => ({ at: tick.at, label: tick.label, minor: index % 2 === 1 }))}
      yTicks={
        several ? rows.map((row, index) => ({ at: 1 - (index + 0.5) / rows.length, label: row.label })) : []
      }
      gutter={several ? 72 : 0}
      grid="x"
    >
      {rows.map((row, index) => (
        <g key={row.label} transform={`translate(0 ${index * rowHeight})`}>
          <Row row={row} scale={axis.scale} height={rowHeight} />
        </g>
      ))}
    </Plot>
  );
}

function Row({ row, scale, height }: { row: StripRow; scale: Scale; height: number }) {
  const middle = height / 2;
  const maxLanes = Math.floor((middle - 10) / laneStep);
  const placed = placeDots(
    row.dots.map((dot) => scale(dot.value)),
    dotShare,
    maxLanes,
  );
  return (
    <>
      {row.quartiles === undefined ? null : (
        <rect
          x={percent(scale(row.quartiles[0]))}
          width={percent(scale(row.quartiles[1]) - scale(row.quartiles[0]))}
          y={4}
          height={height - 8}
          rx="3"
          fill="var(--chart-band)"
        />
      )}
      {placed.map(({ index, x, lane }) => (
        <Dot key={index} dot={row.dots[index]} x={x} y={middle + lane * laneStep} color={row.color} />
      ))}
      <Tick at={row.median} scale={scale} height={height} width={2} labelY={11}>
        median
      </Tick>
      <Tick at={row.p90} scale={scale} height={height} width={1} labelY={height - 4}>
        p90
      </Tick>
    </>
  );
}

function Dot(props: {
  dot: StripRow["dots"][number] | undefined;
  x: number;
  y: number;
  color: string | undefined;
}) {
  if (props.dot === undefined) return null;
  return (
    <MarkLink href={props.dot.href} title={props.dot.title}>
      <circle
        cx={percent(props.x)}
        cy={props.y}
        r="3.25"
        fill={props.color ?? "var(--chart-1)"}
        fillOpacity="0.7"
        stroke="var(--surface)"
        strokeWidth="0.75"
      />
    </MarkLink>
  );
}

interface TickProps {
  at: number | undefined;
  scale: Scale;
  height: number;
  width: number;
  labelY: number;
  children: ReactNode;
}

function Tick({ at, scale, height, width, labelY, children }: TickProps) {
  if (at === undefined) return null;
  const x = percent(scale(at));
  return (
    <g>
      <line
        x1={x}
        x2={x}
        y1={2}
        y2={height - 2}
        stroke="var(--text)"
        strokeWidth={width}
        strokeDasharray={width === 1 ? "3 2" : undefined}
      />
      <text
        x={x}
        dx="4"
        y={labelY}
        fontSize="11"
        fill="var(--text)"
        stroke="var(--surface)"
        strokeWidth="3"
        paintOrder="stroke"
      >
        {children}
      </text>
    </g>
  );
}
