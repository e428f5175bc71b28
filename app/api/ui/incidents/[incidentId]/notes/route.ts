import { uiRoute } from "#lib/http/ui-route";
import { addNote } from "#lib/incidents/commands/add-note";
import { incidentParams, noteSchema } from "#lib/incidents/schemas";

export const POST = uiRoute(
  { params: incidentParams, body: noteSchema, permission: "incident.respond" },
  ({ ctx, params, body }) => addNote(ctx, { incidentId: params.incidentId, content: body.content }),
);
