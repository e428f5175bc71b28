import { ClockFigures, ClockTable } from "#components/reports/clock-figures";
import { GroupTable } from "#components/reports/group-table";
import { PhaseFigure } from "#components/reports/phase-figure";
import { ResponseHeadline } from "#components/reports/response-headline";
import { ReportFooter } from "#components/reports/report-footer";
import { NothingInRange, ReportPanel, ShownFrom } from "#components/reports/report-panel";
import { EscalatedShare, ResponseDefinitions } from "#components/reports/response-notes";
import { StillOpenFigure } from "#components/reports/still-open-figure";
import { StripFigure } from "#components/reports/strip-figure";
import { TrendFigure } from "#components/reports/trend-figure";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink } from "#components/ui/link";
import { CLOCK_WORDS } from "#lib/reports/clock-words";
import type { Figure } from "#lib/reports/report-csv";
import { responseHref } from "#lib/reports/response-filter";
import type { ResponseFilter } from "#lib/reports/response-filter";
import type { ResponseReport } from "#lib/reports/response-report";

type ViewProps = { report: ResponseReport; filter: ResponseFilter };

/** The whole report below its filters. */
export function ResponseReportView({ report, filter }: ViewProps) {
  if (report.total.count === 0) return <NothingInRange path="/reports/response" filter={filter} />;
  const measured = report.clocks.find(({ clock }) => clock === filter.clock)?.n ?? 0;
  return (
    <div className="flex flex-col gap-5">
      <ShownFrom frame={report} filter={filter} />
      <ResponseHeadline report={report} />
      <ClockFigures clocks={report.clocks} />
      {measured === 0 ? <NothingMeasured filter={filter} /> : <Figures report={report} filter={filter} />}
      <GroupTable report={report} filter={filter} csvHref={csvHref(filter, "groups")} />
      <ClockTable clocks={report.clocks} csvHref={csvHref(filter, "clocks")} />
      <ResponseDefinitions />
      <div data-screen>
        <ButtonLink href={csvHref(filter, "incidents")} prefetch={false}>
          All incidents of this report as CSV
        </ButtonLink>
      </div>
      <ReportFooter frame={report}>
        <EscalatedShare escalated={report.escalated} />
      </ReportFooter>
    </div>
  );
}

function Figures({ report, filter }: ViewProps) {
  return (
    <div className="grid grid-cols-1 gap-5 xl:grid-cols-2">
      <ReportPanel>
        <TrendFigure report={report} csvHref={csvHref(filter, "trend")} />
      </ReportPanel>
      <ReportPanel>
        <StillOpenFigure report={report} csvHref={csvHref(filter, "still-open")} />
      </ReportPanel>
      <ReportPanel>
        <StripFigure report={report} />
      </ReportPanel>
      <ReportPanel>
        <PhaseFigure phases={report.phases} />
      </ReportPanel>
    </div>
  );
}

function NothingMeasured({ filter }: { filter: ResponseFilter }) {
  return (
    <EmptyState kind="filtered" title={`No incident in range was ${CLOCK_WORDS[filter.clock].done}`}>
      {CLOCK_WORDS[filter.clock].definition}
    </EmptyState>
  );
}

function csvHref(filter: ResponseFilter, figure: Figure | "incidents"): string {
  const href = responseHref(filter, "/reports/response/csv");
  return `${href}${href.includes("?") ? "&" : "?"}figure=${figure}`;
}
