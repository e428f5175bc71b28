"use client";

import { useEffect } from "react";
import { useServerRendering } from "#components/live/use-server-rendering";

/** Renders the page's server parts again and again while somebody looks: for what the event stream does not tell. */
export function RefreshEvery({ seconds }: { seconds: number }) {
  const { isRendering, render } = useServerRendering();
  useEffect(() => {
    if (isRendering) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") render();
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [isRendering, render, seconds]);
  return null;
}
