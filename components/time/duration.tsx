"use client";

import { useEffect, useRef } from "react";
import { useAnnounce } from "#components/layout/announcer";
import { useNow } from "#components/time/clock";
import { countdownAnnouncement, formatCountdown, formatDuration } from "#lib/time/format";

/** A finished stretch of time, in milliseconds. */
export function Duration({ milliseconds }: { milliseconds: number }) {
  return (
    <time dateTime={`PT${Math.round(milliseconds / 1000)}S`} className="tabular whitespace-nowrap">
      {formatDuration(milliseconds)}
    </time>
  );
}

/** A stretch that has not ended: grows by the minute, by the second in its first hour. */
export function Elapsed({ since }: { since: string }) {
  const start = Date.parse(since);
  const young = useNow("minute") - start < 3_600_000;
  return young ? (
    <ElapsedReading start={start} step="second" />
  ) : (
    <ElapsedReading start={start} step="minute" />
  );
}

function ElapsedReading({ start, step }: { start: number; step: "second" | "minute" }) {
  const now = useNow(step);
  return (
    <span className="tabular whitespace-nowrap" aria-live="off">
      {formatDuration(Math.max(0, now - start))}
    </span>
  );
}

interface CountdownProps {
  /** ISO 8601. */
  until: string;
  /** Shown from that instant on, for example "any moment". */
  after?: string;
  /** What runs out; given, the last 5 minutes and the last one are said aloud once. */
  announceAs?: string;
}

/** Minutes and seconds left; never a live region. */
export function Countdown({ until, after = "now", announceAs }: CountdownProps) {
  const left = Date.parse(until) - useNow("second");
  return (
    <span role="timer" aria-live="off" className="tabular whitespace-nowrap">
      {left <= 0 ? after : formatCountdown(left)}
      {announceAs === undefined ? null : <CountdownVoice left={left} name={announceAs} />}
    </span>
  );
}

function CountdownVoice({ left, name }: { left: number; name: string }) {
  const announce = useAnnounce();
  const previous = useRef(left);
  useEffect(() => {
    const words = countdownAnnouncement(previous.current, left);
    previous.current = left;
    if (words !== null) announce(`${name}: ${words}`);
  }, [left, name, announce]);
  return null;
}
