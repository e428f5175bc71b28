import { z } from "zod";
import { apiRoute } from "#lib/http/api-route";
import { expandLogEntries } from "#lib/http/api/expand-incidents";
import { flag, one, words } from "#lib/http/wire/common-schemas";
import { listBody, pagingQuery, readPaging } from "#lib/http/wire/list";
import { wireLogEntry } from "#lib/http/wire/log-entry";
import { wireInstantSchema } from "#lib/http/wire/read-instant";
import { getWireIncident } from "#lib/incidents/queries/wire-incidents";
import { getWireLogEntry, listWireLogEntries } from "#lib/incidents/queries/wire-log-entries";

const tag = "Log entries";

const logEntriesQuery = z.object({
  ...pagingQuery,
  since: wireInstantSchema.optional(),
  until: wireInstantSchema.optional(),
  is_overview: flag.describe("Only what changed the state of an incident."),
  team_ids: words,
  time_zone: one,
  include: words,
});

function filterOf(query: z.infer<typeof logEntriesQuery>) {
  const paging = readPaging(query);
  return {
    paging,
    filter: {
      classes: query.is_overview ? (["key"] as const) : undefined,
      teamIds: query.team_ids,
      since: query.since ?? null,
      until: query.until ?? null,
      limit: paging.limit,
      offset: paging.offset,
      withTotal: paging.total,
    },
  };
}

export const listLogEntries = apiRoute(
  {
    method: "get",
    path: "/log_entries",
    summary: "List log entries of all incidents",
    tag,
    query: logEntriesQuery,
  },
  async ({ ctx, wire, query }) => {
    const { paging, filter } = filterOf(query);
    const page = await listWireLogEntries(ctx, filter);
    const expand = await expandLogEntries(ctx, wire, page.rows);
    return listBody("log_entries", page, paging, (entry) => wireLogEntry(wire, entry, expand));
  },
);

export const getLogEntry = apiRoute(
  { method: "get", path: "/log_entries/{id}", summary: "Get a log entry", tag },
  async ({ ctx, wire, param }) => {
    const entry = await getWireLogEntry(ctx, param("id"));
    return { log_entry: wireLogEntry(wire, entry, await expandLogEntries(ctx, wire, [entry])) };
  },
);

export const listIncidentLogEntries = apiRoute(
  {
    method: "get",
    path: "/incidents/{id}/log_entries",
    summary: "List the log entries of an incident",
    tag,
    query: logEntriesQuery,
  },
  async ({ ctx, wire, query, param }) => {
    const { id } = await getWireIncident(ctx, param("id"));
    const { paging, filter } = filterOf(query);
    const page = await listWireLogEntries(ctx, { ...filter, incidentId: id });
    const expand = await expandLogEntries(ctx, wire, page.rows);
    return listBody("log_entries", page, paging, (entry) => wireLogEntry(wire, entry, expand));
  },
);
