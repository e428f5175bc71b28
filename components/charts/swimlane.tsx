import { MarkLink, percent, Plot, type AxisTick } from "#components/charts/plot";
import { placeSpan, type Window } from "#lib/charts/spans";

export interface SwimlaneBar {
  id: string;
  /** Epoch milliseconds, half-open. */
  start: number;
  end: number;
  title: string;
  href?: string;
  fill: string;
  /** Goes on: its end is only where it was last seen. */
  running?: boolean;
}

interface SwimlaneProps {
  lanes: readonly { label: string; bars: readonly SwimlaneBar[] }[];
  window: Window;
  xTicks: readonly AxisTick[];
}

const laneHeight = 26;

/** What lasted from when to when, a lane each; what is too short to see keeps the width of a mark. */
export function Swimlane({ lanes, window, xTicks }: SwimlaneProps) {
  return (
    <Plot
      height={lanes.length * laneHeight}
      yTicks={lanes.map(({ label }, index) => ({ at: 1 - (index + 0.5) / lanes.length, label }))}
      xTicks={xTicks}
      grid="x"
      gutter={148}
    >
      {lanes.map((lane, index) =>
        lane.bars.map((bar) => {
          const placed = placeSpan({ start: bar.start, end: Math.max(bar.end, bar.start + 1) }, window);
          if (placed === undefined) return null;
          return (
            <MarkLink key={bar.id} href={bar.href} title={bar.title}>
              <rect
                x={percent(placed.left)}
                y={index * laneHeight + 6}
                width={percent(placed.width)}
                height={laneHeight - 12}
                rx="2"
                fill={bar.running === true ? "url(#hatch)" : bar.fill}
                stroke={bar.fill}
                strokeWidth="4"
                strokeLinejoin="round"
              />
            </MarkLink>
          );
        }),
      )}
    </Plot>
  );
}
