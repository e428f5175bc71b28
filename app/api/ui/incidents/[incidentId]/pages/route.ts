import { uiRoute } from "#lib/http/ui-route";
import { listPages } from "#lib/incidents/queries/timeline";
import { incidentParams } from "#lib/incidents/schemas";

export const GET = uiRoute({ params: incidentParams, permission: "read" }, ({ ctx, params }) =>
  listPages(ctx, params.incidentId),
);
