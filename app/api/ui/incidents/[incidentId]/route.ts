import { z } from "zod";
import { uiRoute } from "#lib/http/ui-route";
import { updateIncident } from "#lib/incidents/commands/update";
import { getIncident } from "#lib/incidents/queries/get-incident";
import { incidentParams, updateSchema } from "#lib/incidents/schemas";

const refParams = z.object({ incidentId: z.string().max(14) });

export const GET = uiRoute({ params: refParams, permission: "read" }, ({ ctx, params }) =>
  getIncident(ctx, params.incidentId),
);

export const PATCH = uiRoute(
  { params: incidentParams, body: updateSchema, permission: "incident.respond" },
  async ({ ctx, params, body }) => {
    await updateIncident(ctx, { incidentId: params.incidentId, ...body });
    return getIncident(ctx, params.incidentId);
  },
);
