import { linearScale } from "#lib/charts/scale";

interface SparklineProps {
  values: readonly number[];
  /** What it shows in words, for example "Pages per day over 14 days: 3 to 9". */
  label: string;
  width?: number;
  height?: number;
}

/** A line without axes from 0 to the maximum; the last value carries a dot. */
export function Sparkline({ values, label, width = 96, height = 24 }: SparklineProps) {
  const y = linearScale(0, Math.max(...values, 1));
  const x = linearScale(0, Math.max(1, values.length - 1));
  const points = values.map((value, index) => [
    2 + x(index) * (width - 5),
    height - 3 - y(value) * (height - 6),
  ]);
  const last = points.at(-1);
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <polyline
        points={points.map((point) => point.map((value) => value.toFixed(1)).join(",")).join(" ")}
        fill="none"
        stroke="var(--text-3)"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      {last === undefined ? null : <circle cx={last[0]} cy={last[1]} r="2.25" fill="var(--text)" />}
    </svg>
  );
}
