"use client";

import { useState } from "react";

export interface Peek<Row> {
  /** Which one is looked into; null: none. */
  key: string | null;
  /** Its row, if the list has it. */
  row: Row | undefined;
  open: (key: string) => void;
  close: () => void;
  /** Goes on to the next row, or back to the one before. */
  step: (by: 1 | -1) => void;
}

/** Which row of a list is looked into. It stands in the address as `peek`, so that a reload or a copied link shows the same. */
export function usePeek<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  initial: string | null,
): Peek<Row> {
  const [key, setKey] = useState(initial);
  const show = (next: string | null) => {
    setKey(next);
    const url = new URL(window.location.href);
    if (next === null) url.searchParams.delete("peek");
    else url.searchParams.set("peek", next);
    window.history.replaceState(null, "", url);
  };
  const index = rows.findIndex((row) => keyOf(row) === key);
  return {
    key,
    row: rows[index],
    open: show,
    close: () => show(null),
    step: (by) => {
      const next = index === -1 ? undefined : rows[index + by];
      if (next !== undefined) show(keyOf(next));
    },
  };
}
