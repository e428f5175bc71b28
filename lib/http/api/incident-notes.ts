import { z } from "zod";
import { apiRoute } from "#lib/http/api-route";
import { wireNote } from "#lib/http/wire/log-entry";
import { addNote } from "#lib/incidents/commands/add-note";
import { getWireIncident } from "#lib/incidents/queries/wire-incidents";
import { getWireLogEntry, listWireLogEntries } from "#lib/incidents/queries/wire-log-entries";

const tag = "Incidents";
const MOST_NOTES = 2000;

export const listNotes = apiRoute(
  { method: "get", path: "/incidents/{id}/notes", summary: "List the notes of an incident", tag },
  async ({ ctx, wire, param }) => {
    const { id: incidentId } = await getWireIncident(ctx, param("id"));
    const page = { types: ["annotate"] as const, ascending: true, limit: MOST_NOTES, offset: 0 };
    const { rows } = await listWireLogEntries(ctx, { ...page, incidentId });
    return { notes: rows.map((entry) => wireNote(wire, entry)) };
  },
);

export const createNote = apiRoute(
  {
    method: "post",
    path: "/incidents/{id}/notes",
    summary: "Add a note to an incident",
    tag,
    root: "note",
    body: z.object({ content: z.string({ error: "can't be blank" }) }),
    from: "required",
    status: 201,
  },
  async ({ ctx, wire, param, body }) => {
    const { id: incidentId } = await getWireIncident(ctx, param("id"));
    const { id } = await addNote(ctx, { incidentId, content: body.content });
    return { note: wireNote(wire, await getWireLogEntry(ctx, id)) };
  },
);
