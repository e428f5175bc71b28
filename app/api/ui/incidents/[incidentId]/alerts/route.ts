import { uiRoute } from "#lib/http/ui-route";
import { listAlerts } from "#lib/incidents/queries/timeline";
import { incidentParams } from "#lib/incidents/schemas";

export const GET = uiRoute({ params: incidentParams, permission: "read" }, ({ ctx, params }) =>
  listAlerts(ctx, params.incidentId),
);
