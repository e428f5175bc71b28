import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { MaintenanceList } from "#components/noise/maintenance-list";
import { requireContext } from "#lib/auth/session";
import { listMaintenance } from "#lib/noise/queries/maintenance";
import { hasPermission } from "#lib/people/permissions";
import { listServices } from "#lib/services/queries/services";

export const metadata: Metadata = { title: "Maintenance" };

export default async function MaintenancePage() {
  const ctx = await requireContext();
  const [windows, { services }] = await Promise.all([listMaintenance(ctx), listServices(ctx)]);
  return (
    <>
      <LiveRefresh entities={["maintenance_window"]} />
      <PageHeader
        title="Maintenance"
        description="While a window lasts, new alerts of its services are held back. What still fires when it ends opens its incident then; ends are taken as always, and open incidents go on paging."
      />
      <MaintenanceList
        windows={windows}
        services={services.map(({ id, name }) => ({ id, name }))}
        canRespond={hasPermission(ctx.actor.role, "incident.respond")}
      />
    </>
  );
}
