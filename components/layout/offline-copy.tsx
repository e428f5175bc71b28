"use client";

import { useEffect } from "react";

const AGAIN_MS = 10 * 60_000;

/** Has the service worker keep who is on call, for when there is no network. Draws nothing. */
export function OfflineCopy() {
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return undefined;
    let stopped = false;
    const keep = async () => {
      if (document.visibilityState === "hidden") return;
      await navigator.serviceWorker.register("/sw.js");
      const { active } = await navigator.serviceWorker.ready;
      if (!stopped) active?.postMessage("keep-on-call");
    };
    // A browser that refuses workers (private windows do) loses nothing but the offline list.
    const tryToKeep = () => void keep().catch(() => undefined);
    tryToKeep();
    const timer = setInterval(tryToKeep, AGAIN_MS);
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, []);
  return null;
}
