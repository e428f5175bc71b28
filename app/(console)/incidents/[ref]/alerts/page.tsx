import { AlertsTab } from "#components/incidents/alerts-tab";
import { EventRow } from "#components/services/event-row";
import { Card } from "#components/ui/card";
import { requireContext } from "#lib/auth/session";
import { listEvents } from "#lib/events/queries/events";
import { orNotFound } from "#lib/http/or-not-found";
import { getIncident } from "#lib/incidents/queries/get-incident";
import { hasPermission } from "#lib/people/permissions";
import { listAlerts } from "#lib/incidents/queries/timeline";

const NEWEST = 50;

export default async function IncidentAlertsPage({ params }: { params: Promise<{ ref: string }> }) {
  const [ctx, { ref }] = await Promise.all([requireContext(), params]);
  const incident = await orNotFound(getIncident(ctx, ref));
  const [alerts, { events, nextCursor }] = await Promise.all([
    listAlerts(ctx, incident.id),
    listEvents(ctx, { incidentId: incident.id, limit: NEWEST }),
  ]);
  return (
    <>
      <AlertsTab
        incidentId={incident.id}
        initial={alerts}
        canRespond={hasPermission(ctx.actor.role, "incident.respond")}
      />
      {events.length > 0 ? (
        <Card
          flush
          title="Events and what was decided about each"
          {...(nextCursor ? { subtitle: `The newest ${NEWEST}` } : {})}
        >
          <ul>
            {events.map((event) => (
              <EventRow key={event.id} event={event} />
            ))}
          </ul>
        </Card>
      ) : null}
    </>
  );
}
