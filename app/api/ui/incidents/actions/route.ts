import { uiRoute } from "#lib/http/ui-route";
import { actOnIncidents } from "#lib/incidents/commands/act";
import { bulkActionSchema } from "#lib/incidents/schemas";

/** One action on one or many incidents; answers what became of each. */
export const POST = uiRoute({ body: bulkActionSchema, permission: "incident.respond" }, ({ ctx, body }) =>
  actOnIncidents(ctx, body),
);
