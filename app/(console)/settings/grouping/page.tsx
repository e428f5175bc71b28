import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { GroupingSetList } from "#components/noise/grouping-set-list";
import { requireContext } from "#lib/auth/session";
import { listGroupingSets } from "#lib/noise/queries/grouping-sets";
import { hasPermission } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Grouping across services" };

export default async function GroupingPage() {
  const ctx = await requireContext();
  const { sets, services } = await listGroupingSets(ctx);
  return (
    <>
      <LiveRefresh entities={["grouping", "service"]} />
      <PageHeader
        title="Grouping across services"
        description="Services of one set share incidents: what fails in one because of another comes onto the same incident. What a service does alone is on its own page, under Noise."
      />
      <GroupingSetList
        sets={sets}
        services={services}
        canConfigure={hasPermission(ctx.actor.role, "configure")}
      />
    </>
  );
}
