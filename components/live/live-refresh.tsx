"use client";

import { useEffect, useState } from "react";
import { useLiveChanges } from "#components/live/live-connection";
import { useServerRendering } from "#components/live/use-server-rendering";

const GATHER_MS = 250;

/**
 * Renders the page's server parts again when one of these kinds of entity changes. A burst leads to one rendering, and changes that
 * never pause to one after another: each begins when the one before is shown.
 */
export function LiveRefresh({ entities }: { entities: readonly string[] }) {
  const [changed, setChanged] = useState(false);
  const { isRendering, render } = useServerRendering();
  useLiveChanges((change) => {
    if (change === "everything" || entities.includes(change.entityType)) setChanged(true);
  });
  useEffect(() => {
    if (!changed || isRendering) return undefined;
    const timer = setTimeout(() => {
      setChanged(false);
      render();
    }, GATHER_MS);
    return () => clearTimeout(timer);
  }, [changed, isRendering, render]);
  return null;
}
