import { GroupingForm } from "#components/noise/grouping-form";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { getServiceNoise } from "#lib/noise/queries/service-noise";
import { hasPermission } from "#lib/people/permissions";
import { getService } from "#lib/services/queries/services";

export default async function ServiceNoisePage({ params }: { params: Promise<{ slug: string }> }) {
  const [ctx, { slug }] = await Promise.all([requireContext(), params]);
  const service = await orNotFound(getService(ctx, slug));
  const noise = await getServiceNoise(ctx, service.id);
  return (
    <div className="flex flex-col gap-4">
      <GroupingForm
        key={`${service.id} ${noise.version}`}
        serviceId={service.id}
        noise={noise}
        canConfigure={hasPermission(ctx.actor.role, "configure")}
      />
    </div>
  );
}
