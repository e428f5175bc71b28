import type { Metadata } from "next";
import { ReportFilters } from "#components/reports/report-filters";
import { ReportPage } from "#components/reports/report-page";
import { ResponseReportView } from "#components/reports/response-report-view";
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

export default async function ResponseReportPage({ searchParams }: PageProps<"/reports/response">) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const filter = parseResponseFilter(parameters);
  const choices = await readReportChoices(ctx);
  return (
    <ReportPage
      title="Response"
      description="How fast incidents are acknowledged, responded to and resolved."
      href={responseHref(filter)}
      filters={
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
      }
    >
      <Report ctx={ctx} filter={filter} />
    </ReportPage>
  );
}

async function Report({ ctx, filter }: { ctx: Context; filter: ResponseFilter }) {
  return <ResponseReportView report={await readResponseReport(ctx, filter)} filter={filter} />;
}
