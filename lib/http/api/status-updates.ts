import { z } from "zod";
import { apiRoute } from "#lib/http/api-route";
import { wireStatusUpdate } from "#lib/http/wire/log-entry";
import { postStatusUpdate } from "#lib/incidents/commands/post-status-update";
import { getWireIncident } from "#lib/incidents/queries/wire-incidents";
import { getWireLogEntry } from "#lib/incidents/queries/wire-log-entries";

export const createStatusUpdate = apiRoute(
  {
    method: "post",
    path: "/incidents/{id}/status_updates",
    summary: "Write how an incident stands to everybody who takes part in it",
    tag: "Incidents",
    root: null,
    body: z.object({ message: z.string({ error: "can't be blank" }) }),
    from: "required",
  },
  async ({ ctx, wire, param, body }) => {
    const { id: incidentId } = await getWireIncident(ctx, param("id"));
    const { id } = await postStatusUpdate(ctx, { incidentId, message: body.message });
    return { status_update: wireStatusUpdate(wire, await getWireLogEntry(ctx, id)) };
  },
);
