import type { ReactNode } from "react";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink } from "#components/ui/link";
import { reportHref } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";

/** The frame of a figure on a report. */
export function ReportPanel({ children }: { children: ReactNode }) {
  return <div className="min-w-0 rounded-card border bg-surface p-4 print:p-2">{children}</div>;
}

interface NothingInRangeProps {
  path: string;
  filter: ReportFilter;
  own?: Readonly<Record<string, string | null>>;
}

/** What a report says when no incident matches, and the way to more. */
export function NothingInRange({ path, filter, own }: NothingInRangeProps) {
  const wider = reportHref(path, { ...filter, range: "52w", from: null, to: null }, own);
  return (
    <EmptyState
      kind="filtered"
      title="No incidents in range"
      actions={<ButtonLink href={wider}>Widen to 52 weeks</ButtonLink>}
    >
      Nothing that was created in this time matches the filters.
    </EmptyState>
  );
}
