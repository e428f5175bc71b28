import { IntegrationCard } from "#components/services/integration-card";
import { AddIntegration } from "#components/services/integration-dialogs";
import { EmptyState } from "#components/ui/empty-state";
import { requireContext } from "#lib/auth/session";
import { env } from "#lib/env";
import { orNotFound } from "#lib/http/or-not-found";
import { hasPermission } from "#lib/people/permissions";
import { listIntegrations } from "#lib/services/queries/integrations";
import { getService } from "#lib/services/queries/services";

export default async function IntegrationsPage({ params }: { params: Promise<{ slug: string }> }) {
  const [ctx, { slug }] = await Promise.all([requireContext(), params]);
  const service = await orNotFound(getService(ctx, slug));
  const integrations = await listIntegrations(ctx, service.id);
  const canConfigure = hasPermission(ctx.actor.role, "configure");
  const add = canConfigure ? (
    <AddIntegration serviceId={service.id} isFirst={integrations.length === 0} />
  ) : null;
  if (integrations.length === 0) {
    return (
      <EmptyState kind="first-use" title="Nothing sends events to this service yet." actions={add}>
        An integration gives a monitor a key. Each event it sends with it opens an incident here, counts on
        one that is open, or resolves it.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {add === null ? null : <div className="flex justify-end">{add}</div>}
      {integrations.map((integration) => (
        <IntegrationCard
          key={integration.id}
          integration={integration}
          eventsHref={`/services/${service.slug}/events?integration=${integration.id}`}
          baseUrl={env().url}
          isDisabled={service.disabledAt !== null}
          canConfigure={canConfigure}
        />
      ))}
    </div>
  );
}
