import { RefreshEvery } from "#components/live/refresh-every";
import { EventRow } from "#components/services/event-row";
import { UnreadNotice } from "#components/services/unread-notice";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import { SegmentedLinks } from "#components/ui/tabs";
import { requireContext } from "#lib/auth/session";
import { listEvents } from "#lib/events/queries/events";
import { listIntakeErrors } from "#lib/events/queries/intake-errors";
import { orNotFound } from "#lib/http/or-not-found";
import { hasPermission } from "#lib/people/permissions";
import { getService } from "#lib/services/queries/services";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ integration?: string | string[]; cursor?: string | string[] }>;
};

export default async function ServiceEventsPage({ params, searchParams }: Props) {
  const [ctx, { slug }, asked] = await Promise.all([requireContext(), params, searchParams]);
  const service = await orNotFound(getService(ctx, slug));
  const chosen = service.integrations.find(({ id }) => id === asked.integration);
  const cursor = typeof asked.cursor === "string" ? asked.cursor : null;
  const integrations = chosen === undefined ? service.integrations : [chosen];
  const scope = chosen === undefined ? { serviceId: service.id } : { integrationId: chosen.id };
  const [{ events, nextCursor }, unread] = await Promise.all([
    listEvents(ctx, { ...scope, cursor }),
    Promise.all(integrations.map(({ id }) => listIntakeErrors(ctx, { integrationId: id, open: true }))),
  ]);
  const base = `/services/${service.slug}/events`;
  return (
    <div className="flex flex-col gap-3">
      {cursor === null ? <RefreshEvery seconds={10} /> : null}
      <IntegrationViews base={base} integrations={service.integrations} chosenId={chosen?.id ?? null} />
      <UnreadNotice
        count={unread.reduce((sum, { errors }) => sum + errors.length, 0)}
        canReplay={hasPermission(ctx.actor.role, "configure")}
      />
      {events.length === 0 ? (
        <EmptyState kind="first-use" title="No event has arrived.">
          <TextLink href={`/services/${service.slug}/integrations`}>Connect a sender</TextLink> or send a test
          event from there. What arrives shows here within seconds, with everything that was decided about it.
        </EmptyState>
      ) : (
        <Card flush>
          <ul aria-label="Events, newest first">
            {events.map((event) => (
              <EventRow key={event.id} event={event} />
            ))}
          </ul>
        </Card>
      )}
      <Pages
        href={chosen === undefined ? `${base}?` : `${base}?integration=${chosen.id}&`}
        isFirst={cursor === null}
        nextCursor={nextCursor}
      />
    </div>
  );
}

interface IntegrationViewsProps {
  base: string;
  integrations: readonly { id: string; name: string }[];
  chosenId: string | null;
}

function IntegrationViews({ base, integrations, chosenId }: IntegrationViewsProps) {
  if (integrations.length < 2) return null;
  return (
    <SegmentedLinks
      label="Integration"
      options={[
        { href: base, label: "All", current: chosenId === null },
        ...integrations.map(({ id, name }) => ({
          href: `${base}?integration=${id}`,
          label: name,
          current: id === chosenId,
        })),
      ]}
    />
  );
}

function Pages({ href, isFirst, nextCursor }: { href: string; isFirst: boolean; nextCursor: string | null }) {
  return (
    <div className="flex justify-center gap-4 text-table">
      {isFirst ? null : <TextLink href={href.slice(0, -1)}>Newest</TextLink>}
      {nextCursor === null ? null : (
        <TextLink href={`${href}cursor=${encodeURIComponent(nextCursor)}`}>Older events</TextLink>
      )}
    </div>
  );
}
