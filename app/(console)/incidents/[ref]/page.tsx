import { TimelineTab } from "#components/incidents/timeline-tab";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { getIncident } from "#lib/incidents/queries/get-incident";
import { listLogEntries } from "#lib/incidents/queries/timeline";
import { hasPermission } from "#lib/people/permissions";

export default async function IncidentPage({ params }: { params: Promise<{ ref: string }> }) {
  const [ctx, { ref }] = await Promise.all([requireContext(), params]);
  const incident = await orNotFound(getIncident(ctx, ref));
  const entries = await listLogEntries(ctx, incident.id);
  return (
    <TimelineTab
      incident={{ id: incident.id, startedAt: incident.createdAt, status: incident.status }}
      initial={entries}
      canRespond={hasPermission(ctx.actor.role, "incident.respond")}
    />
  );
}
