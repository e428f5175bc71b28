import { uiRoute } from "#lib/http/ui-route";
import { reopenIncident } from "#lib/incidents/commands/reopen";
import { incidentParams, reopenSchema } from "#lib/incidents/schemas";

export const POST = uiRoute(
  { params: incidentParams, body: reopenSchema, permission: "incident.respond" },
  ({ ctx, params, body }) =>
    reopenIncident(ctx, {
      incidentId: params.incidentId,
      acknowledged: body.acknowledged ?? false,
      because: body.because ?? null,
    }),
);
