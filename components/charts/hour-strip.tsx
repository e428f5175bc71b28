interface Hour {
  /** "14:00" in the zone the page names. */
  label: string;
  count: number;
  href?: string;
  /** The hour that has not ended. */
  current?: boolean;
}

interface HourStripProps {
  hours: readonly Hour[];
  /** The same in a sentence: "5 incidents in 24 h, 2 of them at night". */
  summary: string;
  height?: number;
}

/** One bar per hour, oldest first; the running hour is hatched. */
export function HourStrip({ hours, summary, height = 40 }: HourStripProps) {
  const most = Math.max(1, ...hours.map((hour) => hour.count));
  return (
    <div>
      <p className="sr-only">{summary}</p>
      <div aria-hidden className="flex items-end gap-px" style={{ height }}>
        {hours.map((hour) => (
          <HourBar key={hour.label} hour={hour} share={hour.count / most} />
        ))}
      </div>
      <div aria-hidden className="tabular mt-1 flex justify-between text-meta text-text-3">
        <span>{hours[0]?.label}</span>
        <span>{hours[Math.floor(hours.length / 2)]?.label}</span>
        <span>now</span>
      </div>
    </div>
  );
}

function HourBar({ hour, share }: { hour: Hour; share: number }) {
  const bar = (
    <span
      data-mark
      className={`block w-full rounded-t-[2px] ${hour.count === 0 ? "bg-border" : hour.current === true ? "hatch border border-b-0 border-text-3 text-text" : "bg-text-2"}`}
      style={{ height: hour.count === 0 ? 2 : `max(4px, ${share * 100}%)` }}
    />
  );
  const title = `${hour.label}: ${hour.count}`;
  const shape = "flex h-full flex-1 items-end hover:bg-raised";
  if (hour.href === undefined || hour.count === 0) {
    return (
      <span title={title} className={shape}>
        {bar}
      </span>
    );
  }
  return (
    <a href={hour.href} tabIndex={-1} title={title} className={shape}>
      {bar}
    </a>
  );
}
