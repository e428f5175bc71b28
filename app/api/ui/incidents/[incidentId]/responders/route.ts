import { uiRoute } from "#lib/http/ui-route";
import { requestResponders } from "#lib/incidents/commands/request-responders";
import { listResponderRequests } from "#lib/incidents/queries/responder-requests";
import { incidentParams, requestRespondersBody } from "#lib/incidents/schemas";

export const GET = uiRoute({ params: incidentParams }, ({ ctx, params }) =>
  listResponderRequests(ctx, params.incidentId),
);

export const POST = uiRoute(
  { params: incidentParams, body: requestRespondersBody },
  ({ ctx, params, body }) => requestResponders(ctx, { ...params, ...body }),
);
