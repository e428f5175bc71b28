import type { Metadata } from "next";
import type { ReactNode } from "react";
import { LiveRefresh } from "#components/live/live-refresh";
import { StormBanners } from "#components/noise/storm-banner";
import { ServiceHeader } from "#components/services/service-header";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { listStorms } from "#lib/noise/queries/storms";
import { getServiceOnCall } from "#lib/on-call/queries/on-call-table";
import { hasPermission } from "#lib/people/permissions";
import { getService } from "#lib/services/queries/services";

type Params = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const [ctx, { slug }] = await Promise.all([requireContext(), params]);
  const { name } = await orNotFound(getService(ctx, slug));
  return { title: name };
}

export default async function ServiceLayout({ params, children }: Params & { children: ReactNode }) {
  const [ctx, { slug }] = await Promise.all([requireContext(), params]);
  const [service, levels] = await Promise.all([
    orNotFound(getService(ctx, slug)),
    orNotFound(getServiceOnCall(ctx, slug)),
  ]);
  const storms = await listStorms(ctx, service.id);
  return (
    <>
      <LiveRefresh entities={["service", "storm", "schedule", "escalation_policy"]} />
      <ServiceHeader
        service={service}
        levels={levels}
        canDeclare={hasPermission(ctx.actor.role, "incident.declare")}
      />
      <StormBanners
        storms={storms}
        canRespond={hasPermission(ctx.actor.role, "incident.respond")}
        onService
      />
      {children}
    </>
  );
}
