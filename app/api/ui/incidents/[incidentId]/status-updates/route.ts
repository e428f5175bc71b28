import { uiRoute } from "#lib/http/ui-route";
import { postStatusUpdate } from "#lib/incidents/commands/post-status-update";
import { incidentParams, statusUpdateBody } from "#lib/incidents/schemas";

export const POST = uiRoute(
  { params: incidentParams, body: statusUpdateBody, permission: "incident.respond" },
  ({ ctx, params, body }) => postStatusUpdate(ctx, { ...params, ...body }),
);
