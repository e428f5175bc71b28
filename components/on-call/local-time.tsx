"use client";

import { Moon, Sun } from "lucide-react";
import { useNow } from "#components/time/clock";
import { useViewer } from "#components/time/viewer";
import { formatTime, zoneCity } from "#lib/time/format";

interface LocalTimeProps {
  zone: string;
  /** ISO 8601; left out: now. */
  at?: string;
}

/** What the person's own clock shows, and whether they are likely asleep: between 22:00 and 07:00. */
export function LocalTime({ zone, at }: LocalTimeProps) {
  const present = useNow("minute");
  const now = at === undefined ? present : Date.parse(at);
  const viewer = useViewer();
  const hour = Number(formatTime(now, { ...viewer, timeZone: zone, hour12: false }).slice(0, 2));
  const isNight = hour >= 22 || hour < 7;
  const Icon = isNight ? Moon : Sun;
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap text-meta text-text-3">
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="tabular">{formatTime(now, { ...viewer, timeZone: zone })}</span> {zoneCity(zone)}
      {isNight ? <span className="sr-only">, probably asleep</span> : null}
    </span>
  );
}
