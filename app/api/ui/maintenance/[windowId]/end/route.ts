import { uiRoute } from "#lib/http/ui-route";
import { endMaintenance } from "#lib/noise/commands/maintenance";
import { windowParams } from "#lib/noise/schemas";

export const POST = uiRoute({ params: windowParams, permission: "incident.respond" }, ({ ctx, params }) =>
  endMaintenance(ctx, params),
);
