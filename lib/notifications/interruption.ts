import type { Channel } from "#lib/notifications/vocabulary";

/** By the person's own clock: working hours, other waking hours, sleep. */
export const INTERRUPTION_CLASSES = ["business", "off", "sleep"] as const;
export type InterruptionClass = (typeof INTERRUPTION_CLASSES)[number];

/** What makes a noise in a pocket. Mail never interrupts, and chat is read when there is time. */
export const INTERRUPTING_CHANNELS = [
  "push",
  "sms",
  "phone",
  "ntfy",
  "pushover",
] as const satisfies readonly Channel[];

/** Seconds within which several sends to one person are one interruption, counted from the first of them. */
export const MERGED_WITHIN = 60;

/**
 * Business 08:00 to 18:00 from Monday to Friday; sleep 22:00 to 08:00 every night, also of a weekend; off hours the rest. Each hour has
 * exactly one class. `weekday` 1 (Monday) to 7, `hour` 0 to 23, by the person's clock.
 */
export function interruptionClass(weekday: number, hour: number): InterruptionClass {
  if (hour < 8 || hour >= 22) return "sleep";
  return weekday <= 5 && hour < 18 ? "business" : "off";
}
