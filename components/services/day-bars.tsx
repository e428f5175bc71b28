const HEIGHT = 20;
const STEP = 4;

interface DayBarsProps {
  /** One count per day, oldest first. */
  values: readonly number[];
  /** The same in words: "12 incidents in 30 days". */
  label: string;
  /** The tallest bar of every row beside it, so that rows can be compared. */
  most: number;
}

/** Bars without axes; a day without any leaves its tick on the base line. */
export function DayBars({ values, label, most }: DayBarsProps) {
  const width = values.length * STEP - 1;
  const unit = (HEIGHT - 1) / Math.max(most, 3);
  return (
    <svg role="img" aria-label={label} width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`}>
      {values.map((value, index) => {
        const height = value === 0 ? 1 : Math.max(3, value * unit);
        return (
          <rect
            // oxlint-disable-next-line react/no-array-index-key -- a day is its place in the row
            key={index}
            x={index * STEP}
            y={HEIGHT - height}
            width={STEP - 1}
            height={height}
            fill={value === 0 ? "var(--border-strong)" : "var(--text-2)"}
          />
        );
      })}
    </svg>
  );
}
