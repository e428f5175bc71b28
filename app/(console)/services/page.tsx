import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { ServiceList } from "#components/services/service-list";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { hasPermission } from "#lib/people/permissions";
import { listCatalogue } from "#lib/services/queries/catalogue";
import type { CatalogueEntry } from "#lib/services/queries/catalogue";

export const metadata: Metadata = { title: "Services" };

export default async function ServicesPage() {
  const ctx = await requireContext();
  const { services } = await listCatalogue(ctx);
  const canConfigure = hasPermission(ctx.actor.role, "configure");
  const create = canConfigure ? (
    <ButtonLink href="/services/new" variant="primary">
      New service
    </ButtonLink>
  ) : null;
  return (
    <>
      <LiveRefresh entities={["service", "schedule", "escalation_policy"]} />
      <PageHeader
        title="Services"
        description={services.length === 0 ? undefined : describe(services)}
        actions={create}
      />
      {services.length === 0 ? (
        <EmptyState kind="first-use" title="There is no service yet." actions={create}>
          A service is anything that can page someone: an application, a job, a shop. Monitors send their
          events to it, and its escalation policy decides who is told.
        </EmptyState>
      ) : (
        <ServiceList services={services} />
      )}
    </>
  );
}

function describe(services: readonly CatalogueEntry[]): string {
  const troubled = services.filter(({ health }) => health === "critical" || health === "warning").length;
  const orphans = services.filter(({ team }) => team === null).length;
  return [
    `${services.length} ${services.length === 1 ? "service" : "services"}, ${troubled === 0 ? "none" : troubled} with an open incident.`,
    ...(orphans === 0 ? [] : [`${orphans} without an owner.`]),
  ].join(" ");
}
