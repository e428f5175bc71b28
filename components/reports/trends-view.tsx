import { AfterChangeFigure } from "#components/reports/after-change-figure";
import { CountTrendFigure } from "#components/reports/count-trend-figure";
import { ReportFooter } from "#components/reports/report-footer";
import { NothingInRange, ReportPanel, ShownFrom } from "#components/reports/report-panel";
import { TrendsHeadline } from "#components/reports/trends-headline";
import { TrendsTable } from "#components/reports/trends-table";
import { Disclosure } from "#components/ui/disclosure";
import { Fact, Facts } from "#components/ui/facts";
import { FALSE_DISCOVERIES } from "#lib/reports/trends";
import { trendsHref } from "#lib/reports/trends-filter";
import type { TrendsFilter } from "#lib/reports/trends-filter";
import type { TrendsReport } from "#lib/reports/trends-report";

/** The whole report below its filters. */
export function TrendsView({ report, filter }: { report: TrendsReport; filter: TrendsFilter }) {
  if (report.total.count === 0) {
    return <NothingInRange path="/reports/trends" filter={filter} own={{ by: filter.by }} />;
  }
  const { unit, periods, limits, signals, verdict, timeZone } = report;
  return (
    <div className="flex flex-col gap-5">
      <ShownFrom frame={report} filter={filter} />
      <TrendsHeadline report={report} by={filter.by} />
      <ReportPanel>
        <CountTrendFigure
          noun="Incidents"
          unit={unit}
          periods={periods.map((period) => ({ ...period, counted: period.incidents }))}
          limits={limits}
          signals={signals}
          verdict={verdict}
          timeZone={timeZone}
          csvHref={csvHref(filter, "periods")}
        />
      </ReportPanel>
      <TrendsTable report={report} filter={filter} csvHref={csvHref(filter, "rows")} />
      <ReportPanel>
        <AfterChangeFigure report={report} csvHref={csvHref(filter, "changes")} />
      </ReportPanel>
      <Definitions />
      <ReportFooter frame={report} />
    </div>
  );
}

function Definitions() {
  return (
    <Disclosure summary="What is measured, and how">
      <Facts className="max-w-3xl py-2">
        <Fact term="Which incidents">
          By when they were created, in your time zone. A feature is the label of the incident, or else that
          of its service.
        </Fact>
        <Fact term="Verdict on a row">
          The last third of the complete periods, at most four, against the ones before: the exact test of two
          rates. Many rows are tested at once, so a change is called only if it stands at a false discovery
          rate of {FALSE_DISCOVERIES * 100} % among all of them (Benjamini and Hochberg). The test takes
          incidents for independent of each other; bursts of one cause make it too sure.
        </Fact>
        <Fact term="Verdict on all incidents">
          A process behaviour chart (XmR) of the root of the counts: the last complete period outside the
          natural limits, or the end of eight on one side.
        </Fact>
        <Fact term="After a change">
          Incidents of a service within 24 hours after a change of that service, against the rest of the time.
          It is a coincidence in time, and no proof that the change was the cause.
        </Fact>
      </Facts>
    </Disclosure>
  );
}

function csvHref(filter: TrendsFilter, figure: string): string {
  const href = trendsHref(filter, "/reports/trends/csv");
  return `${href}${href.includes("?") ? "&" : "?"}figure=${figure}`;
}
