import { wallClockAt } from "#lib/time/wall-clock";
import { timeZoneOrUtc } from "#lib/time/zone";

const SECOND = 1000;

/** What the clocks of a person's zone show: `03:14`, with seconds `03:14:07`, and the zone's name when it is not theirs to know. */
export function clockText(at: Date, timeZone: string, precision: "minute" | "second" = "minute"): string {
  const wall = wallClockAt(timeZoneOrUtc(timeZone), at.getTime());
  return new Date(wall).toISOString().slice(11, precision === "minute" ? 16 : 19);
}

/** A duration for people: `45 s`, `2 m 15 s`, `1 h 04 m`, `3 d 4 h`. Never negative. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes === 0) return `${seconds} s`;
  if (hours === 0) return `${minutes} m ${seconds % 60} s`;
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, "0")} m`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A countdown: `4:00`. Never negative. */
export function countdownText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / SECOND));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
