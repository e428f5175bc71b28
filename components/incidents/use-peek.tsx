"use client";

import { useState } from "react";
import type { IncidentRowDto } from "#lib/incidents/schemas";

export interface Peek {
  row: IncidentRowDto | undefined;
  open: (number: number) => void;
  close: () => void;
  /** Goes on to the next row, or back to the one before. */
  step: (by: 1 | -1) => void;
}

/** Which row of the list is looked into. It stands in the address as `peek`, so that a reload or a copied link shows the same. */
export function usePeek(rows: readonly IncidentRowDto[], initial: number | null): Peek {
  const [number, setNumber] = useState(initial);
  const show = (next: number | null) => {
    setNumber(next);
    const url = new URL(window.location.href);
    if (next === null) url.searchParams.delete("peek");
    else url.searchParams.set("peek", String(next));
    window.history.replaceState(null, "", url);
  };
  const index = rows.findIndex((row) => row.number === number);
  return {
    row: rows[index],
    open: show,
    close: () => show(null),
    step: (by) => {
      const next = rows[index + by];
      if (next) show(next.number);
    },
  };
}
