import { GroupingForm } from "#components/noise/grouping-form";
import { HeldAlerts } from "#components/noise/held-alerts";
import { QuietForm } from "#components/noise/quiet-form";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { listHeldAlerts } from "#lib/noise/queries/held-alerts";
import { getServiceNoise } from "#lib/noise/queries/service-noise";
import { hasPermission } from "#lib/people/permissions";
import { getService } from "#lib/services/queries/services";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ suggest?: string | string[] }>;
};

export default async function ServiceNoisePage({ params, searchParams }: Props) {
  const [ctx, { slug }, { suggest }] = await Promise.all([requireContext(), params, searchParams]);
  const service = await orNotFound(getService(ctx, slug));
  const [noise, held] = await Promise.all([
    getServiceNoise(ctx, service.id),
    listHeldAlerts(ctx, service.id),
  ]);
  const canConfigure = hasPermission(ctx.actor.role, "configure");
  return (
    <div className="flex flex-col gap-4">
      <GroupingForm
        key={`${service.id} ${noise.version}`}
        serviceId={service.id}
        noise={noise}
        suggests={canConfigure && suggest === "grouping"}
        canConfigure={canConfigure}
      />
      <QuietForm key={service.id} serviceId={service.id} noise={noise} canConfigure={canConfigure} />
      <HeldAlerts {...held} canRespond={hasPermission(ctx.actor.role, "incident.respond")} />
    </div>
  );
}
