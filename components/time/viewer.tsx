"use client";

import { createContext, useContext, useState, type ReactNode } from "react";
import type { TimeReader } from "#lib/time/format";

/** How this person reads times: zone, locale and hour cycle are independent of each other. */
export type Viewer = TimeReader;

type TimeContextValue = Viewer & {
  /** Milliseconds to add to the browser's clock to get the server's. */
  skew: number;
  renderedAt: number;
};

const TimeContext = createContext<TimeContextValue>({
  timeZone: "UTC",
  locale: "en-GB",
  hour12: false,
  skew: 0,
  renderedAt: 0,
});

interface ViewerProviderProps {
  viewer: Viewer;
  /** The server's instant of rendering, ISO 8601: the first paint and the correction of a wrong browser clock rest on it. */
  serverNow: string;
  children: ReactNode;
}

/** Time spent loading looks like a slow clock, so only a clearly wrong one is corrected. */
function clockCorrection(renderedAt: number): number {
  const difference = renderedAt - Date.now();
  return Math.abs(difference) > 120_000 ? difference : 0;
}

export function ViewerProvider({ viewer, serverNow, children }: ViewerProviderProps) {
  const renderedAt = Date.parse(serverNow);
  const [skew] = useState(() => (typeof window === "undefined" ? 0 : clockCorrection(renderedAt)));
  return <TimeContext value={{ ...viewer, skew, renderedAt }}>{children}</TimeContext>;
}

export function useTimeContext(): TimeContextValue {
  return useContext(TimeContext);
}

export function useViewer(): Viewer {
  const { timeZone, locale, hour12 } = useContext(TimeContext);
  return { timeZone, locale, hour12 };
}
