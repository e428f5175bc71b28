import type { Cadence } from "#lib/reports/cadence";

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** "Every Monday at 09:00 (Europe/Berlin)". */
export function cadenceWords({ every, on, minute, timeZone }: Cadence): string {
  const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  const day =
    every === "day"
      ? "Every day"
      : every === "week"
        ? `Every ${WEEKDAYS[(on ?? 1) - 1]}`
        : `On day ${on ?? 1} of every month`;
  return `${day} at ${time} (${timeZone})`;
}
