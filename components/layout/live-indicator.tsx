"use client";

import type { ReactNode } from "react";
import { useLiveStatus, type LiveState } from "#components/layout/live-status";
import { ClockReading } from "#components/time/time";
import { Popover } from "#components/ui/popover";
import { StaleNotice } from "#components/ui/stale-notice";

const words: Record<LiveState, { label: string; meaning: string; className: string }> = {
  live: {
    label: "Live",
    meaning: "Changes appear here as they happen.",
    className: "text-status-green-fg",
  },
  reconnecting: {
    label: "Reconnecting",
    meaning: "The stream is silent; trying to open it again.",
    className: "text-status-amber-fg",
  },
  polling: {
    label: "Polling",
    meaning: "No stream gets through, so the server is asked every 15 seconds.",
    className: "text-status-blue-fg",
  },
  stale: {
    label: "Stale",
    meaning: "Nothing has arrived for a while: what you see may be out of date.",
    className: "text-status-amber-fg",
  },
  offline: {
    label: "Offline",
    meaning: "This device has no connection.",
    className: "text-status-slate-fg",
  },
};

const shapes: Record<LiveState, ReactNode> = {
  live: <circle cx="6" cy="6" r="4" />,
  reconnecting: (
    <circle
      cx="6"
      cy="6"
      r="4"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeDasharray="3.3 2.98"
    />
  ),
  polling: (
    <path
      d="M6 2a4 4 0 0 0 0 8ZM6 2a4 4 0 0 1 0 8"
      stroke="currentColor"
      strokeWidth="1"
      fillOpacity="0.999"
    />
  ),
  stale: <path d="M6 1.5 11 10.5H1Z" />,
  offline: <path d="M2.5 2.5l7 7M9.5 2.5l-7 7" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
};

/** The connection's state in a word and a shape; opens what it means and when the data is from. */
export function LiveIndicator() {
  const { status } = useLiveStatus();
  if (status === undefined) return null;
  const word = words[status.state];
  return (
    <Popover
      align="end"
      title={word.label}
      trigger={
        <button
          type="button"
          className="inline-flex h-control min-w-6 items-center gap-1.5 rounded-control px-2 text-table text-text-2 hover:bg-raised"
        >
          <svg
            viewBox="0 0 12 12"
            fill="currentColor"
            aria-hidden="true"
            data-glyph
            className={`size-2.5 ${word.className}`}
          >
            {shapes[status.state]}
          </svg>
          <span className="max-sm:sr-only">{word.label}</span>
        </button>
      }
    >
      <p className="text-body text-text-2">{word.meaning}</p>
      <p className="mt-2 text-body">
        As of <ClockReading at={status.asOf} />
      </p>
    </Popover>
  );
}

/** The bar over the content when the data is too old to trust. */
export function LiveNotice() {
  const { status, reconnect } = useLiveStatus();
  if (status?.state === "offline") {
    return (
      <StaleNotice kind="offline">
        Offline. Showing data from <ClockReading at={status.asOf} />.
      </StaleNotice>
    );
  }
  if (status?.state !== "stale") return null;
  return (
    <StaleNotice kind="stale" onReconnect={reconnect}>
      As of <ClockReading at={status.asOf} />
    </StaleNotice>
  );
}
