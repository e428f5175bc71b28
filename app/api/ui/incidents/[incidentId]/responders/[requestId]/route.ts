import { uiRoute } from "#lib/http/ui-route";
import { cancelResponderRequest } from "#lib/incidents/commands/cancel-responder-request";
import { responderRequestParams } from "#lib/incidents/schemas";

export const DELETE = uiRoute({ params: responderRequestParams }, ({ ctx, params }) =>
  cancelResponderRequest(ctx, params),
);
