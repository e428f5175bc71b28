"use client";

import { Button } from "#components/ui/button";

interface RulePagerProps {
  /** Of the first rule that is shown, from 0. */
  offset: number;
  shown: readonly unknown[];
  total: number;
  pageSize: number;
  onPage: (offset: number) => void;
}

/** Which rules are shown, and the ways to the others; they are all here, so nothing is loaded. */
export function RulePager({ offset, shown, total, pageSize, onPage }: RulePagerProps) {
  if (offset === 0 && total <= pageSize && total > 0) return null;
  return (
    <nav
      aria-label="Pages of rules"
      className="flex flex-wrap items-center justify-center gap-3 border-t px-4 py-3 text-table text-text-3"
    >
      <Button size="small" disabled={offset === 0} onClick={() => onPage(offset - pageSize)}>
        Previous
      </Button>
      <output className="tabular">
        {total === 0 ? "No rule matches" : `${offset + 1} to ${offset + shown.length} of ${total} rules`}
      </output>
      <Button
        size="small"
        disabled={offset + shown.length >= total}
        onClick={() => onPage(offset + pageSize)}
      >
        Next
      </Button>
    </nav>
  );
}
