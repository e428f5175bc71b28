export type DayState =
  | "operational"
  | "degraded"
  | "partial_outage"
  | "major_outage"
  | "maintenance"
  | "unknown";

interface Day {
  /** "2026-11-22". */
  date: string;
  worst: DayState;
  /** The same in words: "22 Nov: partial outage, 42 m". */
  title: string;
  href?: string;
}

/** Height repeats what the colour says: the worse the day, the taller the bar. */
const looks: Record<DayState, { height: string; className: string }> = {
  operational: { height: "45%", className: "bg-status-green-solid" },
  maintenance: { height: "55%", className: "bg-status-blue-solid" },
  degraded: { height: "70%", className: "bg-status-amber-solid border border-status-amber-edge" },
  partial_outage: { height: "85%", className: "bg-status-orange-solid border border-status-orange-edge" },
  major_outage: { height: "100%", className: "bg-status-red-solid" },
  unknown: { height: "45%", className: "hatch border border-border-strong text-text-3" },
};

interface DayStripProps {
  days: readonly Day[];
  /** The same in a sentence: "2 of 90 days with an outage". */
  summary: string;
}

/** One bar per day, oldest first, by its worst state. */
export function DayStrip({ days, summary }: DayStripProps) {
  return (
    <div>
      <p className="sr-only">{summary}</p>
      <div aria-hidden className="flex h-8 items-end gap-px sm:gap-0.5">
        {days.map((day) => {
          const look = looks[day.worst];
          return (
            <span
              key={day.date}
              title={day.title}
              className="flex h-full min-w-0 flex-1 items-end hover:bg-raised"
            >
              <span
                data-mark
                className={`block w-full rounded-[1px] ${look.className}`}
                style={{ height: look.height }}
              />
            </span>
          );
        })}
      </div>
    </div>
  );
}
