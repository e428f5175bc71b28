import type { Metadata } from "next";
import { Suspense } from "react";
import { PageHeader } from "#components/layout/page-header";
import { ResponseFilters } from "#components/reports/response-filters";
import { ResponseReportView } from "#components/reports/response-report-view";
import { CardSkeleton } from "#components/ui/skeleton";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { readFilterChoices } from "#lib/incidents/queries/filter-choices";
import { readResponseReport } from "#lib/reports/queries/response-report";
import { parseResponseFilter } from "#lib/reports/response-filter";
import type { ResponseFilter } from "#lib/reports/response-filter";

export const metadata: Metadata = { title: "Response report" };

export default async function ResponseReportPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const filter = parseResponseFilter(parameters);
  const choices = await readFilterChoices(ctx);
  return (
    <>
      <PageHeader
        title="Response"
        description="How fast incidents are acknowledged, responded to and resolved."
      >
        <ResponseFilters key={JSON.stringify(filter)} filter={filter} choices={choices} />
      </PageHeader>
      <Suspense key={JSON.stringify(filter)} fallback={<CardSkeleton lines={12} />}>
        <Report ctx={ctx} filter={filter} />
      </Suspense>
    </>
  );
}

async function Report({ ctx, filter }: { ctx: Context; filter: ResponseFilter }) {
  return <ResponseReportView report={await readResponseReport(ctx, filter)} filter={filter} />;
}
