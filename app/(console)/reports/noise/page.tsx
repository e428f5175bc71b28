import type { Metadata } from "next";
import { AlertFilterBar } from "#components/alerts/alert-filter-bar";
import { NoiseView } from "#components/reports/noise-view";
import { RangeLinks } from "#components/reports/range-links";
import { ReportPage } from "#components/reports/report-page";
import { EVERY_ALERT, parseAlertFilter } from "#lib/alerts/filter";
import { readAlertChoices } from "#lib/alerts/queries/explorer-choices";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { pageParameters } from "#lib/http/page-parameters";
import { noiseHref, parseNoiseFilter } from "#lib/reports/noise-filter";
import type { NoiseFilter } from "#lib/reports/noise-filter";
import { readNoiseReport } from "#lib/reports/queries/noise-report";

export const metadata: Metadata = { title: "Noise report" };

export default async function NoiseReportPage({ searchParams }: PageProps<"/reports/noise">) {
  const [ctx, given] = await Promise.all([requireContext(), searchParams]);
  const parameters = pageParameters(given);
  const filter = parseNoiseFilter(parameters);
  const choices = await readAlertChoices(ctx, filter.alerts);
  const href = noiseHref(filter);
  return (
    <ReportPage
      title="Noise"
      description="What becomes of what monitors say: how much reaches people, and how much of that they act on."
      href={href}
      filters={
        <>
          <RangeLinks
            current={filter.range}
            hrefOf={(range) => noiseHref({ ...filter, range, from: null, to: null })}
          />
          <AlertFilterBar
            key={href}
            path="/reports/noise"
            own={{ range: filter.range }}
            filter={{ ...EVERY_ALERT, ...filter.alerts, from: filter.from, to: filter.to }}
            choices={choices}
            ignored={parseAlertFilter(parameters).ignored}
            sourcesOnly
          />
        </>
      }
    >
      <Report ctx={ctx} filter={filter} />
    </ReportPage>
  );
}

async function Report({ ctx, filter }: { ctx: Context; filter: NoiseFilter }) {
  return <NoiseView report={await readNoiseReport(ctx, filter)} filter={filter} />;
}
