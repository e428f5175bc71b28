"use client";

import { useSyncExternalStore } from "react";
import { useTimeContext } from "#components/time/viewer";

/** How often a reading changes, in milliseconds. */
const steps = { second: 1000, minute: 60_000 } as const;

function createTicker(step: number) {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tick = () => {
    for (const listener of listeners) listener();
    timer = setTimeout(tick, step - (Date.now() % step));
  };
  return (listener: () => void) => {
    listeners.add(listener);
    timer ??= setTimeout(tick, step - (Date.now() % step));
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearTimeout(timer);
      timer = undefined;
    };
  };
}

/** One timer per step for the whole page, however many readings there are. */
const tickers = { second: createTicker(steps.second), minute: createTicker(steps.minute) };

/** The server's time in epoch milliseconds, renewed each second or minute. The first reading is the server's own. */
export function useNow(step: keyof typeof steps = "minute"): number {
  const { skew, renderedAt } = useTimeContext();
  return useSyncExternalStore(
    tickers[step],
    () => Math.floor((Date.now() + skew) / 1000) * 1000,
    () => renderedAt,
  );
}
