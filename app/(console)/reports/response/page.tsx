import type { Metadata } from "next";
import { Suspense } from "react";
import { ReportFilters } from "#components/reports/report-filters";
import { ReportHeader } from "#components/reports/report-header";
import { ResponseReportView } from "#components/reports/response-report-view";
import { SaveLink } from "#components/reports/save-link";
import { CardSkeleton } from "#components/ui/skeleton";
import { SegmentedLinks } from "#components/ui/tabs";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { CLOCKS } from "#lib/incidents/filter";
import { CLOCK_WORDS } from "#lib/reports/clock-words";
import { readReportChoices } from "#lib/reports/queries/report-choices";
import { readResponseReport } from "#lib/reports/queries/response-report";
import { parseResponseFilter, responseHref } from "#lib/reports/response-filter";
import type { ResponseFilter } from "#lib/reports/response-filter";

export const metadata: Metadata = { title: "Response report" };

export default async function ResponseReportPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const filter = parseResponseFilter(parameters);
  const choices = await readReportChoices(ctx);
  return (
    <>
      <ReportHeader
        title="Response"
        description="How fast incidents are acknowledged, responded to and resolved."
        actions={<SaveLink href={responseHref(filter)} />}
      >
        <ReportFilters
          key={JSON.stringify(filter)}
          path="/reports/response"
          filter={filter}
          choices={choices}
          own={{ clock: filter.clock, by: filter.by }}
        >
          <SegmentedLinks
            label="Clock"
            options={CLOCKS.map((clock) => ({
              href: responseHref({ ...filter, clock }),
              label: CLOCK_WORDS[clock].name,
              current: filter.clock === clock,
            }))}
          />
        </ReportFilters>
      </ReportHeader>
      <Suspense key={JSON.stringify(filter)} fallback={<CardSkeleton lines={12} />}>
        <Report ctx={ctx} filter={filter} />
      </Suspense>
    </>
  );
}

async function Report({ ctx, filter }: { ctx: Context; filter: ResponseFilter }) {
  return <ResponseReportView report={await readResponseReport(ctx, filter)} filter={filter} />;
}
