import { MarkLink, Plot, percent, type AxisTick } from "#components/charts/plot";
import type { Scale } from "#lib/charts/scale";

export interface TrendPoint {
  /** The period's name: "Oct 2026". */
  label: string;
  value: number | undefined;
  /** What the mark says on hover: period, value, n. */
  title: string;
  href?: string;
  /** The number of the signal it belongs to; ringed and numbered. */
  signal?: number;
  /** The period has not ended: hatched and outside every verdict. */
  incomplete?: boolean;
}

export interface TrendLimits {
  /** The first and last period these limits were computed for and apply to. */
  from: number;
  to: number;
  centre: number;
  lower: number;
  upper: number;
  /** Fewer than twelve periods behind it: drawn dashed. */
  provisional?: boolean;
}

export interface TrendEvent {
  /** Stands before this period. */
  index: number;
  label: string;
}

interface TrendChartProps {
  points: readonly TrendPoint[];
  /** One stretch, or several where a change of process started a new baseline. */
  limits: readonly TrendLimits[];
  scale: Scale;
  yTicks: readonly AxisTick[];
  events?: readonly TrendEvent[];
  /** How many changes fell into each period: marked on a rail at the top of the plot. */
  rail?: readonly number[];
  height?: number;
}

/** A process behaviour chart (XmR): points, centre line, band of natural limits, signals ringed. */
export function TrendChart({
  points,
  limits,
  scale,
  yTicks,
  events = [],
  rail = [],
  height = 200,
}: TrendChartProps) {
  const x = (index: number) => (index + 0.5) / Math.max(1, points.length);
  const y = (value: number) => (1 - scale(value)) * height;
  // The first label begins at its mark and the others are centred on theirs: five still stand apart in the narrowest plot.
  const every = Math.ceil(points.length / 5);
  return (
    <Plot
      height={height}
      yTicks={yTicks}
      xTicks={points.map((point, index) => ({
        at: x(index),
        label: index % every === 0 ? point.label : "",
        minor: index % (every * 2) !== 0,
      }))}
    >
      {limits.map((stretch) => (
        <Limits key={stretch.from} stretch={stretch} count={points.length} y={y} />
      ))}
      {events.map((event) => (
        <EventMark
          key={`${event.index} ${event.label}`}
          event={event}
          at={event.index / points.length}
          height={height}
        />
      ))}
      {rail.map((changes, index) =>
        changes === 0 ? null : (
          // oxlint-disable-next-line react/no-array-index-key -- periods of a finished chart never move
          <RailMark key={index} changes={changes} x={x(index)} wide={points.length <= 16} />
        ),
      )}
      {points.map((point, index) => (
        <Segment
          key={point.label}
          from={points[index - 1]}
          to={point}
          x1={x(index - 1)}
          x2={x(index)}
          y={y}
        />
      ))}
      {points.map((point, index) =>
        point.value === undefined ? null : (
          <Point key={point.label} point={point} x={x(index)} y={y(point.value)} />
        ),
      )}
    </Plot>
  );
}

function Limits({
  stretch,
  count,
  y,
}: {
  stretch: TrendLimits;
  count: number;
  y: (value: number) => number;
}) {
  const left = stretch.from / count;
  const right = (stretch.to + 1) / count;
  const dash = stretch.provisional === true ? "4 3" : undefined;
  const edges = stretch.provisional === true ? [stretch.lower, stretch.upper] : [];
  return (
    <g>
      <rect
        x={percent(left)}
        width={percent(right - left)}
        y={y(stretch.upper)}
        height={Math.max(1, y(stretch.lower) - y(stretch.upper))}
        fill="var(--chart-band)"
        opacity={stretch.provisional === true ? 0.5 : 1}
      />
      {[stretch.centre, ...edges].map((value) => (
        <line
          key={value}
          x1={percent(left)}
          x2={percent(right)}
          y1={y(value)}
          y2={y(value)}
          stroke="var(--text-3)"
          strokeDasharray={dash}
        />
      ))}
    </g>
  );
}

interface SegmentProps {
  from: TrendPoint | undefined;
  to: TrendPoint;
  x1: number;
  x2: number;
  y: (value: number) => number;
}

function Segment({ from, to, x1, x2, y }: SegmentProps) {
  if (from?.value === undefined || to.value === undefined) return null;
  return (
    <line
      x1={percent(x1)}
      x2={percent(x2)}
      y1={y(from.value)}
      y2={y(to.value)}
      stroke="var(--chart-1)"
      strokeWidth="1.5"
      strokeDasharray={to.incomplete === true ? "2 3" : undefined}
    />
  );
}

function Point({ point, x, y }: { point: TrendPoint; x: number; y: number }) {
  return (
    <MarkLink href={point.href} title={point.title}>
      {point.signal === undefined ? null : (
        <>
          <circle cx={percent(x)} cy={y} r="8" fill="none" stroke="var(--text)" strokeWidth="1.5" />
          <text x={percent(x)} dx="11" y={y - 7} fontSize="11" fontWeight="600" fill="var(--text)">
            {point.signal}
          </text>
        </>
      )}
      <circle
        cx={percent(x)}
        cy={y}
        r="4"
        fill={point.incomplete === true ? "url(#hatch)" : "var(--chart-1)"}
        stroke={point.incomplete === true ? "var(--chart-1)" : "var(--surface)"}
        strokeWidth="1.25"
      />
      <circle cx={percent(x)} cy={y} r="12" fill="transparent" />
    </MarkLink>
  );
}

function RailMark({ changes, x, wide }: { changes: number; x: number; wide: boolean }) {
  return (
    <svg x={percent(x)} y="2" overflow="visible">
      <title>{`${changes} ${changes === 1 ? "change" : "changes"}`}</title>
      <path d="M-4 7L0 0L4 7Z" fill="var(--text-3)" />
      {wide ? (
        <text className="max-sm:hidden" x="7" y="8" fontSize="10" fill="var(--text-3)">
          {changes}
        </text>
      ) : null}
    </svg>
  );
}

function EventMark({ event, at, height }: { event: TrendEvent; at: number; height: number }) {
  return (
    <g>
      <title>{event.label}</title>
      <line
        x1={percent(at)}
        x2={percent(at)}
        y1="0"
        y2={height}
        stroke="var(--text-3)"
        strokeDasharray="3 3"
      />
      <text
        x={percent(at)}
        dx="4"
        y="10"
        fontSize="11"
        fill="var(--text-2)"
        stroke="var(--surface)"
        strokeWidth="3"
        paintOrder="stroke"
      >
        ▲ {event.label}
      </text>
    </g>
  );
}
