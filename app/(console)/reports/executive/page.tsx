import type { Metadata } from "next";
import { Suspense } from "react";
import { ExecutiveView } from "#components/reports/executive-view";
import { PackHeader } from "#components/reports/pack-header";
import { ReportHeader } from "#components/reports/report-header";
import { SaveLink } from "#components/reports/save-link";
import { CardSkeleton } from "#components/ui/skeleton";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { packCsvHref, packHref, parsePack } from "#lib/reports/pack-filter";
import type { Pack } from "#lib/reports/pack-filter";
import { readPackReport } from "#lib/reports/queries/pack-report";

export const metadata: Metadata = { title: "Executive summary" };

const UNITS = [
  { unit: "month", label: "Month" },
  { unit: "quarter", label: "Quarter" },
] as const;

export default async function ExecutivePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const pack = parsePack(parameters, "quarter");
  return (
    <>
      <ReportHeader
        title="Executive summary"
        description="One page: what changed, for whom, and at what cost."
        actions={<SaveLink href={packHref("/reports/executive", pack)} />}
      />
      <Suspense key={JSON.stringify(pack)} fallback={<CardSkeleton lines={12} />}>
        <Report ctx={ctx} pack={pack} />
      </Suspense>
    </>
  );
}

async function Report({ ctx, pack }: { ctx: Context; pack: Pack }) {
  const report = await readPackReport(ctx, pack.filter, pack);
  return (
    <div className="flex flex-col gap-4">
      <PackHeader
        report={report}
        units={UNITS}
        hrefOf={(unit, key) => packHref("/reports/executive", { ...pack, unit, key })}
      />
      <ExecutiveView report={report} csvOf={(figure) => packCsvHref(pack, report.period.key, figure)} />
    </div>
  );
}
