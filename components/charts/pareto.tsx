import { MarkLink, percent, Plot } from "#components/charts/plot";

interface ParetoBar {
  label: string;
  /** Of all, 0 to 1. */
  share: number;
  /** With this one and all before it, 0 to 1. */
  soFar: number;
  title: string;
  href?: string;
}

const TICKS = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: `${at * 100} %` }));

/** What costs most, first, and how much of all is reached with it: bars and line on one scale of 0 to 100 %. */
export function Pareto({ bars, height = 220 }: { bars: readonly ParetoBar[]; height?: number }) {
  const slot = 1 / Math.max(1, bars.length);
  const at = (index: number) => (index + 0.5) * slot;
  return (
    <Plot
      height={height}
      yTicks={TICKS}
      xTicks={bars.map(({ label }, index) => ({ at: at(index), label, minor: index % 2 === 1 }))}
    >
      {bars.map(({ label, share, title, href }, index) => (
        <MarkLink key={label} href={href} title={title}>
          <rect
            x={percent(index * slot + 0.12 * slot)}
            width={percent(0.76 * slot)}
            y={height - share * height}
            height={Math.max(1, share * height)}
            fill={href === undefined ? "url(#hatch)" : "var(--chart-1)"}
          />
        </MarkLink>
      ))}
      {bars.slice(1).map(({ label, soFar }, index) => (
        <line
          key={label}
          x1={percent(at(index))}
          x2={percent(at(index + 1))}
          y1={(1 - (bars[index]?.soFar ?? 0)) * height}
          y2={(1 - soFar) * height}
          stroke="var(--text)"
          strokeWidth="1.5"
        />
      ))}
      {bars.map(({ label, soFar }, index) => (
        <circle key={label} cx={percent(at(index))} cy={(1 - soFar) * height} r="3" fill="var(--text)" />
      ))}
    </Plot>
  );
}
