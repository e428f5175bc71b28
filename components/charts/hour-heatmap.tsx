import { HeatCell } from "#components/charts/heat-cell";
import { ScrollRegion } from "#components/ui/scroll-region";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

interface HourHeatmapProps {
  /** The table's name. */
  label: string;
  /** Monday to Sunday, each 24 hours. */
  cells: readonly (readonly { count: number; href?: string }[])[];
  /** What is counted: "interruptions". */
  noun: string;
}

/** Seven days by 24 hours, as a table whose cells are links; a ruled band marks the hours of sleep. */
export function HourHeatmap({ label, cells, noun }: HourHeatmapProps) {
  const most = Math.max(1, ...cells.flat().map(({ count }) => count));
  return (
    <ScrollRegion label={label} className="relative overflow-x-auto">
      <table className="border-separate border-spacing-0.5 text-meta">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Day</span>
            </th>
            {HOURS.map((hour) => (
              <th
                key={hour}
                scope="col"
                className={`tabular border-b-2 font-regular text-text-3 ${isSleep(hour) ? "border-text-2" : "border-transparent"}`}
              >
                {String(hour).padStart(2, "0")}
                {isSleep(hour) ? <span className="sr-only"> (sleep)</span> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {DAYS.map((day, index) => (
            <tr key={day}>
              <th scope="row" className="pr-2 text-left font-regular text-text-3">
                {day}
              </th>
              {HOURS.map((hour) => {
                const cell = cells[index]?.[hour] ?? { count: 0 };
                return (
                  <td key={hour}>
                    <HeatCell
                      value={cell.count}
                      most={most}
                      href={cell.href}
                      label={`${day} ${String(hour).padStart(2, "0")}:00: ${cell.count} ${noun}`}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function isSleep(hour: number): boolean {
  return hour < 8 || hour >= 22;
}
