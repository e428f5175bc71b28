import { notFound } from "next/navigation";
import { MailboxCard } from "#components/mail-in/mailbox-card";
import { RefreshEvery } from "#components/live/refresh-every";
import { EventRow } from "#components/services/event-row";
import { MappingCard } from "#components/mappings/mapping-card";
import { IntegrationCard } from "#components/services/integration-card";
import { IntegrationHealthCard } from "#components/services/integration-health";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { env } from "#lib/env";
import { listEvents } from "#lib/events/queries/events";
import { readMapping } from "#lib/events/queries/json-mapping";
import { sourceAddress } from "#lib/events/set-up-guide";
import { JSON_SOURCE } from "#lib/events/sources/json";
import { orNotFound } from "#lib/http/or-not-found";
import { findMailbox } from "#lib/mail-in/queries/mailboxes";
import { hasPermission } from "#lib/people/permissions";
import { kindOfIntegration } from "#lib/services/integration-words";
import { readIntegrationHealth } from "#lib/services/queries/integration-health";
import { getIntegration } from "#lib/services/queries/integrations";
import { getService } from "#lib/services/queries/services";

type Props = { params: Promise<{ slug: string; integrationId: string }> };

export default async function IntegrationPage({ params }: Props) {
  const [ctx, { slug, integrationId }] = await Promise.all([requireContext(), params]);
  const [service, integration] = await Promise.all([
    orNotFound(getService(ctx, slug)),
    orNotFound(getIntegration(ctx, integrationId)),
  ]);
  if (integration.serviceId !== service.id) notFound();
  const [{ events, nextCursor }, health, mailbox, mapping] = await Promise.all([
    listEvents(ctx, { integrationId, limit: 20 }),
    readIntegrationHealth(ctx, integration),
    findMailbox(ctx, integrationId),
    readMapping(ctx, integrationId),
  ]);
  const readsJson =
    kindOfIntegration(integration).source === JSON_SOURCE ||
    mapping.version > 0 ||
    mapping.messages.length > 0;
  const eventsHref = `/services/${service.slug}/events?integration=${integrationId}`;
  const canConfigure = hasPermission(ctx.actor.role, "configure");
  return (
    <div className="flex flex-col gap-4">
      <RefreshEvery seconds={10} />
      <p className="text-table">
        <TextLink href={`/services/${service.slug}/integrations`}>
          All integrations of {service.name}
        </TextLink>
      </p>
      <IntegrationCard
        integration={integration}
        eventsHref={eventsHref}
        baseUrl={env().url}
        isDisabled={service.disabledAt !== null}
        canConfigure={canConfigure}
      />
      {mailbox === null ? null : (
        <MailboxCard
          key={JSON.stringify(mailbox.settings)}
          mailbox={mailbox}
          postAddress={
            integration.key === null
              ? null
              : sourceAddress({ base: env().url, key: integration.key }, "email")
          }
          canConfigure={canConfigure}
        />
      )}
      {readsJson ? (
        <MappingCard integrationId={integrationId} inForce={mapping} canConfigure={canConfigure} />
      ) : null}
      <IntegrationHealthCard health={health} canConfigure={canConfigure} />
      <Card
        flush
        title="What it sent last, and what was understood"
        actions={nextCursor === null ? undefined : <TextLink href={eventsHref}>All events</TextLink>}
      >
        {events.length === 0 ? (
          <p className="p-4 text-body text-text-2">
            Nothing yet. Send a test event, or the test of the guide above from where the sender runs.
          </p>
        ) : (
          <ul aria-label="The last events of the integration">
            {events.map((event) => (
              <EventRow key={event.id} event={event} />
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}
