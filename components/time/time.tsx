"use client";

import { useNow } from "#components/time/clock";
import { TimeCardTrigger } from "#components/time/time-card";
import { useViewer } from "#components/time/viewer";
import { formatClock, formatDateTime, formatListTime, formatRelative } from "#lib/time/format";

interface TimeProps {
  /** ISO 8601. */
  at: string;
  /**
   * "list": relative under a day, then date and time. "relative": always relative.
   * "clock": hours, minutes, seconds. "date-time": day and time of day.
   */
  format?: "list" | "relative" | "clock" | "date-time";
  /** Read in this zone instead of the viewer's; the page names the zone. */
  zone?: string;
  /** The card with other zones on hover, focus and tap; off inside links and buttons. */
  card?: boolean;
  className?: string;
}

/** Every time in the product: machine-readable, in the viewer's zone, explained by its card. */
export function Time({ at, format = "list", zone, card = true, className }: TimeProps) {
  const instant = Date.parse(at);
  const reading = (
    <time dateTime={at} className={className ?? "tabular whitespace-nowrap"}>
      {format === "list" || format === "relative" ? (
        <TickingText instant={instant} format={format} zone={zone} />
      ) : (
        <FixedText instant={instant} format={format} zone={zone} />
      )}
    </time>
  );
  if (!card) return reading;
  return (
    <TimeCardTrigger at={instant} otherZone={zone}>
      {reading}
    </TimeCardTrigger>
  );
}

interface TextProps<F> {
  instant: number;
  format: F;
  zone: string | undefined;
}

function TickingText({ instant, format, zone }: TextProps<"list" | "relative">) {
  const viewer = useViewer();
  const now = useNow("minute");
  if (format === "relative") return formatRelative(instant, now);
  return formatListTime(instant, now, { ...viewer, timeZone: zone ?? viewer.timeZone });
}

function FixedText({ instant, format, zone }: TextProps<"clock" | "date-time">) {
  const viewer = useViewer();
  const now = useNow("minute");
  const there = { ...viewer, timeZone: zone ?? viewer.timeZone };
  return format === "clock" ? formatClock(instant, there) : formatDateTime(instant, now, there);
}

/** "03:12:40 (2 m ago)": for statements of how fresh something is. */
export function ClockReading({ at }: { at: string }) {
  return (
    <>
      <Time at={at} format="clock" card={false} /> (<Time at={at} format="relative" card={false} />)
    </>
  );
}
