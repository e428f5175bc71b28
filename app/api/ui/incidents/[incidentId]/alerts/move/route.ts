import { uiRoute } from "#lib/http/ui-route";
import { incidentParams } from "#lib/incidents/schemas";
import { moveAlerts } from "#lib/noise/commands/move-alerts";
import { moveAlertsSchema } from "#lib/noise/schemas";

export const POST = uiRoute(
  {
    params: incidentParams,
    body: moveAlertsSchema.omit({ incidentId: true }),
    permission: "incident.respond",
  },
  ({ ctx, params, body }) => moveAlerts(ctx, { ...params, ...body }),
);
