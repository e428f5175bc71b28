"use client";

import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from "react";
import { useAnnounce } from "#components/layout/announcer";

export type LiveState = "live" | "reconnecting" | "polling" | "stale" | "offline";

export interface LiveStatus {
  state: LiveState;
  /** The instant up to which what is shown is known to be true, ISO 8601. */
  asOf: string;
}

interface LiveContextValue {
  status: LiveStatus | undefined;
  report: (status: LiveStatus) => void;
  reconnect: () => void;
  /** The event stream names what Reconnect does. */
  onReconnect: (action: () => void) => void;
}

const LiveContext = createContext<LiveContextValue | undefined>(undefined);

const lost: readonly LiveState[] = ["stale", "offline"];

/** Holds what the event stream reports; says aloud when the connection is lost and when it is back. */
export function LiveStatusProvider({ children }: { children: ReactNode }) {
  const [status, setStatus] = useState<LiveStatus>();
  const action = useRef<() => void>(undefined);
  const announce = useAnnounce();
  const wasLost = useRef(false);
  const state = status?.state;

  useEffect(() => {
    if (state === undefined) return;
    if (lost.includes(state) && !wasLost.current) {
      wasLost.current = true;
      announce("Connection lost. What is shown may be out of date.", { assertive: true });
    } else if (state === "live" && wasLost.current) {
      wasLost.current = false;
      announce("Connected again");
    }
  }, [state, announce]);

  const value: LiveContextValue = {
    status,
    report: setStatus,
    reconnect: () => action.current?.(),
    onReconnect: (next) => {
      action.current = next;
    },
  };
  return <LiveContext value={value}>{children}</LiveContext>;
}

export function useLiveStatus(): LiveContextValue {
  const value = useContext(LiveContext);
  if (value === undefined) throw new Error("useLiveStatus needs a LiveStatusProvider above it");
  return value;
}
