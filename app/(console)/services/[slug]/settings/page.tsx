import { TeamChannelsCard } from "#components/channels/team-channels-card";
import { ServiceEnd } from "#components/services/service-end";
import { ServiceFacts } from "#components/services/service-facts";
import { ServiceSettingsForm } from "#components/services/service-settings-form";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { listTeamChannels } from "#lib/notifications/queries/team-channels";
import { hasPermission } from "#lib/people/permissions";
import { readServiceChoices } from "#lib/services/queries/choices";
import { getService } from "#lib/services/queries/services";

export default async function ServiceSettingsPage({ params }: { params: Promise<{ slug: string }> }) {
  const [ctx, { slug }] = await Promise.all([requireContext(), params]);
  const service = await orNotFound(getService(ctx, slug));
  if (!hasPermission(ctx.actor.role, "configure")) return <ServiceFacts service={service} />;
  const [choices, channels] = await Promise.all([
    readServiceChoices(ctx),
    listTeamChannels(ctx, { serviceId: service.id }),
  ]);
  return (
    <div className="flex flex-col gap-4">
      <ServiceSettingsForm key={service.id} service={service} choices={choices} />
      <TeamChannelsCard owner={{ type: "service", id: service.id }} canArrange {...channels} />
      <ServiceEnd service={service} />
    </div>
  );
}
