import type { Metadata } from "next";
import { DetectionView } from "#components/reports/detection-view";
import { ReportFilters } from "#components/reports/report-filters";
import { ReportPage } from "#components/reports/report-page";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { readDetectionReport } from "#lib/reports/queries/detection-report";
import { readReportChoices } from "#lib/reports/queries/report-choices";
import { parseReportFilter, reportHref } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";

export const metadata: Metadata = { title: "Detection report" };

export default async function DetectionReportPage({ searchParams }: PageProps<"/reports/detection">) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const filter = parseReportFilter(parameters);
  const choices = await readReportChoices(ctx);
  const key = JSON.stringify(filter);
  return (
    <ReportPage
      title="Detection"
      description="Who notices first: we, or our customers."
      href={reportHref("/reports/detection", filter)}
      filters={<ReportFilters key={key} path="/reports/detection" filter={filter} choices={choices} />}
    >
      <Report ctx={ctx} filter={filter} />
    </ReportPage>
  );
}

async function Report({ ctx, filter }: { ctx: Context; filter: ReportFilter }) {
  return <DetectionView report={await readDetectionReport(ctx, filter)} filter={filter} />;
}
