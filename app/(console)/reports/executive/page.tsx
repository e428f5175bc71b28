import type { Metadata } from "next";
import { ExecutiveView } from "#components/reports/executive-view";
import { PackPage } from "#components/reports/pack-page";
import { requireContext } from "#lib/auth/session";
import { hasPermission } from "#lib/people/permissions";
import { parsePack } from "#lib/reports/pack-filter";
import { loadPack } from "#lib/reports/queries/pack-report";
import { USUAL_UNITS } from "#lib/reports/sharing";

export const metadata: Metadata = { title: "Executive summary" };

const UNITS = [
  { unit: "month", label: "Month" },
  { unit: "quarter", label: "Quarter" },
] as const;

export default async function ExecutivePage({ searchParams }: PageProps<"/reports/executive">) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const pack = parsePack(parameters, USUAL_UNITS.executive);
  return (
    <PackPage
      title="Executive summary"
      description="One page: what changed, for whom, and at what cost."
      report="executive"
      canComment={hasPermission(ctx.actor.role, "configure")}
      pack={pack}
      units={UNITS}
      load={() => loadPack(ctx, pack)}
      View={ExecutiveView}
    />
  );
}
