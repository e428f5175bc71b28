import { AddHeartbeat } from "#components/heartbeats/heartbeat-dialogs";
import { HeartbeatCard } from "#components/heartbeats/heartbeat-card";
import { AddMailbox } from "#components/mail-in/add-mailbox";
import { RefreshEvery } from "#components/live/refresh-every";
import { IntegrationCard } from "#components/services/integration-card";
import { AddIntegration } from "#components/services/integration-dialogs";
import { EmptyState } from "#components/ui/empty-state";
import { requireContext } from "#lib/auth/session";
import { env } from "#lib/env";
import { listHeartbeats } from "#lib/heartbeats/queries/heartbeats";
import { orNotFound } from "#lib/http/or-not-found";
import { hasPermission } from "#lib/people/permissions";
import { listIntegrations } from "#lib/services/queries/integrations";
import { getService } from "#lib/services/queries/services";

export default async function IntegrationsPage({ params }: { params: Promise<{ slug: string }> }) {
  const [ctx, { slug }] = await Promise.all([requireContext(), params]);
  const service = await orNotFound(getService(ctx, slug));
  const [integrations, heartbeats] = await Promise.all([
    listIntegrations(ctx, service.id),
    listHeartbeats(ctx, { serviceId: service.id }),
  ]);
  const canConfigure = hasPermission(ctx.actor.role, "configure");
  const add = canConfigure ? (
    <>
      <AddHeartbeat serviceId={service.id} />
      <AddMailbox service={service} />
      <AddIntegration serviceId={service.id} isFirst={integrations.length === 0} />
    </>
  ) : null;
  if (integrations.length === 0) {
    return (
      <EmptyState kind="first-use" title="Nothing sends events to this service yet." actions={add}>
        An integration gives a monitor a key. Each event it sends with it opens an incident here, counts on
        one that is open, or resolves it. A heartbeat is the other way round: it opens an incident when
        nothing comes.
      </EmptyState>
    );
  }
  const heartbeatOf = new Map(heartbeats.map((heartbeat) => [heartbeat.id, heartbeat]));
  return (
    <div className="flex flex-col gap-4">
      {heartbeats.length === 0 ? null : <RefreshEvery seconds={10} />}
      {add === null ? null : <div className="flex flex-wrap justify-end gap-2">{add}</div>}
      {integrations.map((integration) => {
        const heartbeat = heartbeatOf.get(integration.id);
        const common = {
          integration,
          eventsHref: `/services/${service.slug}/events?integration=${integration.id}`,
          baseUrl: env().url,
          canConfigure,
        };
        return heartbeat ? (
          <HeartbeatCard key={integration.id} heartbeat={heartbeat} {...common} />
        ) : (
          <IntegrationCard
            key={integration.id}
            href={`/services/${service.slug}/integrations/${integration.id}`}
            isDisabled={service.disabledAt !== null}
            {...common}
          />
        );
      })}
    </div>
  );
}
