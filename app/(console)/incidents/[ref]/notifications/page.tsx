import { PagesTab } from "#components/incidents/pages-tab";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { getIncident } from "#lib/incidents/queries/get-incident";
import { listPages } from "#lib/incidents/queries/timeline";

export default async function IncidentNotificationsPage({ params }: { params: Promise<{ ref: string }> }) {
  const [ctx, { ref }] = await Promise.all([requireContext(), params]);
  const incident = await orNotFound(getIncident(ctx, ref));
  return <PagesTab incidentId={incident.id} initial={await listPages(ctx, incident.id)} />;
}
