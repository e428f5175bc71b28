"use client";

import { useEffect, useRef, useState, type ReactNode } from "react";

export interface PaletteResult {
  id: string;
  section: string;
  title: string;
  /** Context or the answer itself: "Ines, until 09:00". */
  note?: string;
  icon?: ReactNode;
  href: string;
}

/** Asks the server; rejects when it cannot answer. */
export type PaletteSearch = (query: string, signal: AbortSignal) => Promise<readonly PaletteResult[]>;

interface Found {
  query: string;
  results: readonly PaletteResult[];
  failed: boolean;
}

const pause = 150;

/** What the server finds for the query; earlier results stay until newer ones arrive, so nothing blinks. */
export function usePaletteSearch(
  search: PaletteSearch | undefined,
  query: string,
  onFound: (count: number) => void,
) {
  const [found, setFound] = useState<Found>({ query: "", results: [], failed: false });
  const report = useRef(onFound);
  useEffect(() => {
    report.current = onFound;
  });
  const wanted = query.trim();
  useEffect(() => {
    if (search === undefined || wanted === "") return undefined;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      search(wanted, controller.signal).then(
        (results) => {
          if (controller.signal.aborted) return;
          setFound({ query: wanted, results, failed: false });
          report.current(results.length);
        },
        () => {
          if (!controller.signal.aborted) setFound({ query: wanted, results: [], failed: true });
        },
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [search, wanted]);
  if (wanted === "") return { results: [], failed: false, pending: false };
  return {
    results: found.results,
    failed: found.failed,
    pending: search !== undefined && found.query !== wanted,
  };
}
