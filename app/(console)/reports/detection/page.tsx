import type { Metadata } from "next";
import { Suspense } from "react";
import { DetectionView } from "#components/reports/detection-view";
import { ReportFilters } from "#components/reports/report-filters";
import { ReportHeader } from "#components/reports/report-header";
import { SaveLink } from "#components/reports/save-link";
import { CardSkeleton } from "#components/ui/skeleton";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { readDetectionReport } from "#lib/reports/queries/detection-report";
import { readReportChoices } from "#lib/reports/queries/report-choices";
import { parseReportFilter, reportHref } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";

export const metadata: Metadata = { title: "Detection report" };

export default async function DetectionReportPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const filter = parseReportFilter(parameters);
  const choices = await readReportChoices(ctx);
  const key = JSON.stringify(filter);
  return (
    <>
      <ReportHeader
        title="Detection"
        description="Who notices first: we, or our customers."
        actions={<SaveLink href={reportHref("/reports/detection", filter)} />}
      >
        <ReportFilters key={key} path="/reports/detection" filter={filter} choices={choices} />
      </ReportHeader>
      <Suspense key={key} fallback={<CardSkeleton lines={12} />}>
        <Report ctx={ctx} filter={filter} />
      </Suspense>
    </>
  );
}

async function Report({ ctx, filter }: { ctx: Context; filter: ReportFilter }) {
  return <DetectionView report={await readDetectionReport(ctx, filter)} filter={filter} />;
}
