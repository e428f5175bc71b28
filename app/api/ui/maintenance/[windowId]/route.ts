import { uiRoute } from "#lib/http/ui-route";
import { cancelMaintenance } from "#lib/noise/commands/maintenance";
import { windowParams } from "#lib/noise/schemas";

export const DELETE = uiRoute({ params: windowParams, permission: "incident.respond" }, ({ ctx, params }) =>
  cancelMaintenance(ctx, params),
);
