"use client";

import { AlertPeek } from "#components/alerts/alert-peek";
import { AlertTable } from "#components/alerts/alert-table";
import { usePeek } from "#components/ui/use-peek";
import type { AlertRowDto } from "#lib/alerts/schemas";

interface AlertListProps {
  caption: string;
  rows: readonly AlertRowDto[];
  /** The alert that is looked into at first, which need not be in the list. */
  peeked: string | null;
}

/** Alerts of one page of the explorer, each of which can be looked into beside it. */
export function AlertList({ caption, rows, peeked }: AlertListProps) {
  const peek = usePeek(rows, ({ id }) => id, peeked);
  return (
    <>
      {rows.length === 0 ? null : <AlertTable caption={caption} rows={rows} onPeek={peek.open} />}
      <AlertPeek peek={peek} />
    </>
  );
}
