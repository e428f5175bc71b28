import type { ReactNode } from "react";
import { Time } from "#components/time/time";
import { Callout } from "#components/ui/callout";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink } from "#components/ui/link";
import { incidentsHref } from "#lib/incidents/filter";
import { reportHref } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";
import type { ReportFrame } from "#lib/reports/report-frame";
import { DAY } from "#lib/time/calendar";

/** The frame of a figure on a report. */
export function ReportPanel({ children }: { children: ReactNode }) {
  return <div className="min-w-0 rounded-card border bg-surface p-4 print:p-2">{children}</div>;
}

/** Says so where a report begins later than was asked for. */
export function ShownFrom({ frame, filter }: { frame: Pick<ReportFrame, "from">; filter: ReportFilter }) {
  const isCut = filter.from !== null && Date.parse(frame.from) - Date.parse(filter.from) > 2 * DAY;
  if (!isCut) return null;
  return (
    <Callout tone="info" title="A report covers six years at most">
      This one begins on <Time at={frame.from} format="date-time" />. For what came before, choose dates that
      end earlier.
    </Callout>
  );
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
      actions={
        <>
          {filter.range === "52w" ? null : (
            <ButtonLink href={wider}>
              {filter.range === null ? "The last 52 weeks" : "Widen to 52 weeks"}
            </ButtonLink>
          )}
          <ButtonLink href={incidentsHref(filter.incidents)}>All that match, newest first</ButtonLink>
        </>
      }
    >
      Nothing that was created in this time matches the filters. Older incidents, also imported ones, show
      with dates of your own under Filters.
    </EmptyState>
  );
}
