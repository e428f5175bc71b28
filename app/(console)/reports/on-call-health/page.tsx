import type { Metadata } from "next";
import { OnCallHealthView } from "#components/reports/on-call-health-view";
import { ReportFilters } from "#components/reports/report-filters";
import { ReportPage } from "#components/reports/report-page";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { readHealthReport } from "#lib/reports/queries/on-call-health-report";
import { readReportChoices } from "#lib/reports/queries/report-choices";
import { parseReportFilter, reportHref } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";

export const metadata: Metadata = { title: "On-call health" };

export default async function OnCallHealthPage({ searchParams }: PageProps<"/reports/on-call-health">) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const filter = parseReportFilter(parameters);
  const choices = await readReportChoices(ctx);
  const key = JSON.stringify(filter);
  return (
    <ReportPage
      title="On-call health"
      description="What paging costs people: interruptions by their own clock. Load, never a ranking."
      href={reportHref("/reports/on-call-health", filter)}
      filters={
        <ReportFilters key={key} path="/reports/on-call-health" filter={filter} choices={choices} countsAll />
      }
    >
      <Report ctx={ctx} filter={filter} />
    </ReportPage>
  );
}

async function Report({ ctx, filter }: { ctx: Context; filter: ReportFilter }) {
  return <OnCallHealthView report={await readHealthReport(ctx, filter)} filter={filter} />;
}
