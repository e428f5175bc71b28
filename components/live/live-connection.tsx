"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from "react";
import { useLiveStatus, type LiveState } from "#components/layout/live-status";
import { changeSchema, openLiveSource, type LiveChange } from "#components/live/event-source";

/** Silence longer than this is a lost connection; then reading every so often keeps the page true. */
const SILENCE_MS = 20_000;
const POLL_MS = 15_000;
const STALE_MS = 60_000;

type Listener = (change: LiveChange | "everything") => void;

const LiveContext = createContext<Set<Listener> | undefined>(undefined);

const REMEMBERED = 1_000;

/** A stream that comes back tells the last changes again. Answers a function that says whether one is heard of for the first time. */
function rememberChanges(): (id: number) => boolean {
  const heard = new Set<number>();
  return (id) => {
    if (heard.has(id)) return false;
    heard.add(id);
    for (const oldest of heard) {
      if (heard.size <= REMEMBERED) break;
      heard.delete(oldest);
    }
    return true;
  };
}

/**
 * Keeps the browser's event stream open and tells whoever asked what changed. A stream that went silent is replaced by polling; after
 * a gap everything on screen is read again.
 */
export function LiveConnection({ children }: { children: ReactNode }) {
  const [listeners] = useState(() => new Set<Listener>());
  useLiveStream(listeners);
  return <LiveContext value={listeners}>{children}</LiveContext>;
}

/** Calls `listener` for every change, and with "everything" when some may have been missed. */
export function useLiveChanges(listener: Listener): void {
  const listeners = useContext(LiveContext);
  const current = useRef(listener);
  useEffect(() => {
    current.current = listener;
  });
  useEffect(() => {
    if (!listeners) return undefined;
    const call: Listener = (change) => current.current(change);
    listeners.add(call);
    return () => {
      listeners.delete(call);
    };
  }, [listeners]);
}

function useLiveStream(listeners: Set<Listener>): void {
  const { report, onReconnect } = useLiveStatus();
  const queryClient = useQueryClient();
  // The stream must not be opened anew because what it reports to was rendered again.
  const status = useRef({ report, onReconnect });
  useEffect(() => {
    status.current = { report, onReconnect };
  });
  useEffect(() => {
    let heardAt = Date.now();
    let trueAt = new Date();
    let broken = false;
    const tell = (change: LiveChange | "everything") => {
      for (const listener of listeners) listener(change);
    };
    const isNews = rememberChanges();
    const show = (state: LiveState) => status.current.report({ state, asOf: trueAt.toISOString() });
    const readAll = () => {
      tell("everything");
      void queryClient.invalidateQueries();
    };
    const heard = () => {
      heardAt = Date.now();
      trueAt = new Date();
      if (broken) readAll();
      broken = false;
      show("live");
    };
    const source = openLiveSource((message) => {
      if (message.type === "error") {
        broken = true;
        show(navigator.onLine ? "reconnecting" : "offline");
        return;
      }
      heard();
      if (message.type === "gap") readAll();
      if (message.type === "change" && message.data) {
        const change = changeSchema.safeParse(JSON.parse(message.data));
        if (change.success && isNews(change.data.id)) tell(change.data);
      }
    });
    status.current.onReconnect(source.reconnect);
    const watch = setInterval(() => {
      const silence = Date.now() - heardAt;
      if (silence < SILENCE_MS) return;
      broken = true;
      if (!navigator.onLine) show("offline");
      else show(silence > STALE_MS ? "stale" : "polling");
      readAll();
    }, POLL_MS);
    const offline = () => show("offline");
    window.addEventListener("offline", offline);
    window.addEventListener("online", source.reconnect);
    return () => {
      clearInterval(watch);
      window.removeEventListener("offline", offline);
      window.removeEventListener("online", source.reconnect);
      source.close();
    };
  }, [listeners, queryClient]);
}
