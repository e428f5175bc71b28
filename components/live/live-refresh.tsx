"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useLiveChanges } from "#components/live/live-connection";

const GATHER_MS = 250;

/** Renders the page's server parts again when one of these kinds of entity changes; bursts lead to one rendering. */
export function LiveRefresh({ entities }: { entities: readonly string[] }) {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLiveChanges((change) => {
    if (change !== "everything" && !entities.includes(change.entityType)) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => router.refresh(), GATHER_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return null;
}
