import type { Metadata } from "next";
import { ReportFilters } from "#components/reports/report-filters";
import { ReportPage } from "#components/reports/report-page";
import { TrendsView } from "#components/reports/trends-view";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { readReportChoices } from "#lib/reports/queries/report-choices";
import { readTrendsReport } from "#lib/reports/queries/trends-report";
import { parseTrendsFilter, trendsHref } from "#lib/reports/trends-filter";
import type { TrendsFilter } from "#lib/reports/trends-filter";

export const metadata: Metadata = { title: "Trends report" };

export default async function TrendsReportPage({ searchParams }: PageProps<"/reports/trends">) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const filter = parseTrendsFilter(parameters);
  const choices = await readReportChoices(ctx);
  const key = JSON.stringify(filter);
  return (
    <ReportPage
      title="Trends"
      description="Where incidents come from, and whether that changes."
      href={trendsHref(filter)}
      filters={
        <ReportFilters
          key={key}
          path="/reports/trends"
          filter={filter}
          choices={choices}
          own={{ by: filter.by }}
        />
      }
    >
      <Report ctx={ctx} filter={filter} />
    </ReportPage>
  );
}

async function Report({ ctx, filter }: { ctx: Context; filter: TrendsFilter }) {
  return <TrendsView report={await readTrendsReport(ctx, filter)} filter={filter} />;
}
