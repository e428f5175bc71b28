import type { Metadata } from "next";
import { Suspense } from "react";
import { PackHeader } from "#components/reports/pack-header";
import { ReportHeader } from "#components/reports/report-header";
import { ReviewView } from "#components/reports/review-view";
import { SaveLink } from "#components/reports/save-link";
import { CardSkeleton } from "#components/ui/skeleton";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { packCsvHref, packHref, parsePack } from "#lib/reports/pack-filter";
import type { Pack } from "#lib/reports/pack-filter";
import { readPackReport } from "#lib/reports/queries/pack-report";

export const metadata: Metadata = { title: "Review packs" };

const UNITS = [
  { unit: "week", label: "Weekly" },
  { unit: "month", label: "Monthly" },
  { unit: "quarter", label: "Quarterly" },
] as const;

export default async function ReviewsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const pack = parsePack(parameters, "week");
  return (
    <>
      <ReportHeader
        title="Reviews"
        description="What to go through each week, month and quarter."
        actions={<SaveLink href={packHref("/reports/reviews", pack)} />}
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
    <div className="flex flex-col gap-5">
      <PackHeader
        report={report}
        units={UNITS}
        hrefOf={(unit, key) => packHref("/reports/reviews", { ...pack, unit, key })}
      />
      <ReviewView report={report} csvOf={(figure) => packCsvHref(pack, report.period.key, figure)} />
    </div>
  );
}
