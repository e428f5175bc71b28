import type { AlertFilter } from "#lib/alerts/filter";
import { boundary } from "#lib/reports/period";
import { DAY } from "#lib/time/calendar";

/** Stretches of time before now that the explorer offers. */
export const SPANS = ["24h", "7d", "30d", "90d"] as const;
export type Span = (typeof SPANS)[number];
export const DEFAULT_SPAN: Span = "7d";

export const SPAN_NAMES: Record<Span, string> = {
  "24h": "24 hours",
  "7d": "7 days",
  "30d": "30 days",
  "90d": "90 days",
};

const LENGTHS: Record<Span, number> = { "24h": DAY, "7d": 7 * DAY, "30d": 30 * DAY, "90d": 90 * DAY };

/** Reads a span; null: none is named. */
export function readSpan(text: string | null | undefined): Span | null {
  return SPANS.find((span) => span === text) ?? null;
}

/** A filter whose time has a beginning, and is said in instants. */
export type BoundedFilter = AlertFilter & { from: string };

/** The filter with its own times as instants of the zone, or those of the span where it has no beginning. */
export function within(filter: AlertFilter, span: Span, timeZone: string, now: Date): BoundedFilter {
  const end = boundary(filter.to, timeZone, DAY);
  const start = boundary(filter.from, timeZone, 0) ?? (end ?? now.getTime()) - LENGTHS[span];
  return {
    ...filter,
    from: new Date(start).toISOString(),
    to: end === null ? null : new Date(end).toISOString(),
  };
}

export type BinUnit = "hour" | "day" | "week";

/** What a bar that begins at an instant is called in a zone: "30 Nov, 14:00", "30 Nov". */
export function binLabel(unit: BinUnit, from: string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    timeZone,
    ...(unit === "hour" ? { hour: "2-digit", minute: "2-digit" } : {}),
  }).format(new Date(from));
}

/** How the time of a filter is cut for a histogram: some sixty bars at most, weeks where it is long. */
export function binUnit({ from, to }: BoundedFilter, now: Date): BinUnit {
  const length = (to === null ? now.getTime() : Date.parse(to)) - Date.parse(from);
  if (length <= 2 * DAY) return "hour";
  return length <= 60 * DAY ? "day" : "week";
}
