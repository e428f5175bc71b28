import type { Metadata } from "next";
import { ReviewView } from "#components/reports/review-view";
import { PackPage } from "#components/reports/pack-page";
import { requireContext } from "#lib/auth/session";
import { hasPermission } from "#lib/people/permissions";
import { parsePack } from "#lib/reports/pack-filter";
import { loadPack } from "#lib/reports/queries/pack-report";
import { USUAL_UNITS } from "#lib/reports/sharing";

export const metadata: Metadata = { title: "Review packs" };

const UNITS = [
  { unit: "week", label: "Weekly" },
  { unit: "month", label: "Monthly" },
  { unit: "quarter", label: "Quarterly" },
] as const;

export default async function ReviewsPage({ searchParams }: PageProps<"/reports/reviews">) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const pack = parsePack(parameters, USUAL_UNITS.reviews);
  return (
    <PackPage
      title="Reviews"
      description="What to go through each week, month and quarter."
      report="reviews"
      canComment={hasPermission(ctx.actor.role, "configure")}
      pack={pack}
      units={UNITS}
      load={() => loadPack(ctx, pack)}
      View={ReviewView}
    />
  );
}
