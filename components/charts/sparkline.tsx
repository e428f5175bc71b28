import { linearScale } from "#lib/charts/scale";

const width = 72;
const height = 20;

/** A row's course in a few pixels, beside the numbers it stands for: hidden from assistive technology. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const y = linearScale(0, Math.max(1, ...values));
  const x = linearScale(0, Math.max(1, values.length - 1));
  const points = values.map(
    (value, index) => [2 + x(index) * (width - 4), height - 2 - y(value) * (height - 4)] as const,
  );
  const last = points.at(-1);
  return (
    <svg aria-hidden width={width} height={height} className="inline-block align-middle" data-mark>
      <polyline
        points={points.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(" ")}
        fill="none"
        stroke="var(--text-2)"
        strokeWidth="1.25"
      />
      {last === undefined ? null : <circle cx={last[0]} cy={last[1]} r="2" fill="var(--text)" />}
    </svg>
  );
}
