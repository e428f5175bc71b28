import { AlertsTab } from "#components/incidents/alerts-tab";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { getIncident } from "#lib/incidents/queries/get-incident";
import { listAlerts } from "#lib/incidents/queries/timeline";

export default async function IncidentAlertsPage({ params }: { params: Promise<{ ref: string }> }) {
  const [ctx, { ref }] = await Promise.all([requireContext(), params]);
  const incident = await orNotFound(getIncident(ctx, ref));
  return <AlertsTab incidentId={incident.id} initial={await listAlerts(ctx, incident.id)} />;
}
