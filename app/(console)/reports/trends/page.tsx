import type { Metadata } from "next";
import { Suspense } from "react";
import { ReportFilters } from "#components/reports/report-filters";
import { ReportHeader } from "#components/reports/report-header";
import { SaveLink } from "#components/reports/save-link";
import { TrendsView } from "#components/reports/trends-view";
import { CardSkeleton } from "#components/ui/skeleton";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { readReportChoices } from "#lib/reports/queries/report-choices";
import { readTrendsReport } from "#lib/reports/queries/trends-report";
import { parseTrendsFilter, trendsHref } from "#lib/reports/trends-filter";
import type { TrendsFilter } from "#lib/reports/trends-filter";

export const metadata: Metadata = { title: "Trends report" };

export default async function TrendsReportPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const filter = parseTrendsFilter(parameters);
  const choices = await readReportChoices(ctx);
  const key = JSON.stringify(filter);
  return (
    <>
      <ReportHeader
        title="Trends"
        description="Where incidents come from, and whether that changes."
        actions={<SaveLink href={trendsHref(filter)} />}
      >
        <ReportFilters
          key={key}
          path="/reports/trends"
          filter={filter}
          choices={choices}
          own={{ by: filter.by }}
        />
      </ReportHeader>
      <Suspense key={key} fallback={<CardSkeleton lines={12} />}>
        <Report ctx={ctx} filter={filter} />
      </Suspense>
    </>
  );
}

async function Report({ ctx, filter }: { ctx: Context; filter: TrendsFilter }) {
  return <TrendsView report={await readTrendsReport(ctx, filter)} filter={filter} />;
}
