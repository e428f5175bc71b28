import { z } from "zod";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { expandIncidents } from "#lib/http/api/expand-incidents";
import { wireIncident } from "#lib/http/wire/incident";
import {
  incidentCreateSchema,
  incidentsQuery,
  incidentsUpdateSchema,
  incidentUpdateSchema,
  toDeclareInput,
  toIncidentRequest,
} from "#lib/http/wire/incident-schemas";
import { listBody, readPaging } from "#lib/http/wire/list";
import type { WireContext } from "#lib/http/wire/wire-context";
import type { Context } from "#lib/context";
import { applyUpdates } from "#lib/incidents/commands/apply-updates";
import { declareIncident } from "#lib/incidents/commands/declare";
import { mergeIncidents } from "#lib/incidents/commands/merge";
import { snoozeIncidents } from "#lib/incidents/commands/snooze";
import { only } from "#lib/incidents/commands/change-incidents";
import { getWireIncident, listWireIncidents, loadWireIncidents } from "#lib/incidents/queries/wire-incidents";
import type { IncidentSort, WireIncidentDto } from "#lib/incidents/queries/wire-incidents";
import { INCIDENT_STATUSES, URGENCIES } from "#lib/incidents/vocabulary";
import { DAY } from "#lib/time/calendar";

const DEFAULT_PERIOD = 30 * DAY;
const tag = "Incidents";

const SORT_FIELDS: Record<string, IncidentSort["field"]> = {
  incident_number: "number",
  created_at: "createdAt",
  resolved_at: "resolvedAt",
  urgency: "urgency",
};

/** `created_at:desc,urgency` or the same in several keys; at most two fields. */
function readSort(given: readonly string[]): IncidentSort[] {
  return given
    .flatMap((item) => item.split(","))
    .slice(0, 2)
    .map((item) => {
      const [name = "", direction = "asc"] = item.split(":");
      const field = SORT_FIELDS[name];
      if (!field) throw new AppError("invalid", `Sort by ${name} is not supported.`, { wireCode: 2001 });
      return { field, descending: direction.toLowerCase() === "desc" };
    });
}

export const listIncidents = apiRoute(
  { method: "get", path: "/incidents", summary: "List incidents", tag, query: incidentsQuery },
  async ({ ctx, wire, query, now }) => {
    const paging = readPaging(query);
    const page = await listWireIncidents(ctx, {
      ...readPeriod(query, now),
      statuses: wordsOf(INCIDENT_STATUSES, query.statuses, 1003),
      incidentKey: query.incident_key ?? null,
      serviceIds: query.service_ids,
      teamIds: query.team_ids,
      userIds: query.user_ids,
      urgencies: wordsOf(URGENCIES, query.urgencies, 2001),
      priorityIds: query.priority_ids,
      sort: readSort(query.sort_by),
      limit: paging.limit,
      offset: paging.offset,
      withTotal: paging.total,
    });
    const expand = await expandIncidents(ctx, wire, page.rows);
    return listBody("incidents", page, paging, (incident) => wireIncident(wire, incident, expand));
  },
);

/** The period asked for. Without one it is the last 30 days, but what is still open is never left out. */
function readPeriod(query: z.infer<typeof incidentsQuery>, now: Date) {
  if (query.date_range === "all") return { since: null, until: null, closedSince: null };
  const { since = null, until = null } = query;
  if (since && until && since >= until) {
    throw new AppError("invalid", "since must be before until", { wireCode: 2004 });
  }
  if (since || until) {
    const from = since ?? (until && new Date(until.getTime() - DEFAULT_PERIOD));
    return { since: from, until, closedSince: null };
  }
  const closedSince = query.incident_key ? null : new Date(now.getTime() - DEFAULT_PERIOD);
  return { since: null, until: null, closedSince };
}

/** The known words among those given; refuses an unknown one, since leaving it out would widen the answer. */
function wordsOf<T extends string>(known: readonly T[], given: readonly string[], wireCode: number): T[] {
  return given.map((word) => {
    const found = known.find((item) => item === word);
    if (found === undefined) throw new AppError("invalid", `There is no value ${word}.`, { wireCode });
    return found;
  });
}

async function answer(ctx: Context, wire: WireContext, incident: WireIncidentDto) {
  const expand = await expandIncidents(ctx, wire, [incident]);
  return { incident: wireIncident(wire, incident, expand, { withBody: true }) };
}

export const getIncident = apiRoute(
  { method: "get", path: "/incidents/{id}", summary: "Get an incident by id or number", tag },
  async ({ ctx, wire, param }) => answer(ctx, wire, await getWireIncident(ctx, param("id"))),
);

export const createIncident = apiRoute(
  {
    method: "post",
    path: "/incidents",
    summary: "Open an incident and page whoever is on call",
    tag,
    root: "incident",
    body: incidentCreateSchema,
    status: 201,
    from: "required",
  },
  async ({ ctx, wire, body }) => {
    const { id } = await declareIncident(ctx, toDeclareInput(body));
    return answer(ctx, wire, await getWireIncident(ctx, id));
  },
);

export const updateIncident = apiRoute(
  {
    method: "put",
    path: "/incidents/{id}",
    summary: "Acknowledge, resolve, reassign, escalate or edit an incident",
    tag,
    root: "incident",
    body: incidentUpdateSchema,
    from: "required",
  },
  async ({ ctx, wire, param, body }) => {
    const { id } = await getWireIncident(ctx, param("id"));
    await applyUpdates(ctx, [toIncidentRequest(id, body)]);
    return answer(ctx, wire, await getWireIncident(ctx, id));
  },
);

export const updateIncidents = apiRoute(
  {
    method: "put",
    path: "/incidents",
    summary: "Change up to 250 incidents, all or none",
    tag,
    root: "incidents",
    body: incidentsUpdateSchema,
    from: "required",
  },
  async ({ ctx, wire, body }) => {
    await applyUpdates(
      ctx,
      body.map(({ id, ...update }) => toIncidentRequest(id, update)),
    );
    const changed = await loadWireIncidents(
      ctx,
      body.map(({ id }) => id),
    );
    const expand = await expandIncidents(ctx, wire, changed);
    return { incidents: changed.map((incident) => wireIncident(wire, incident, expand)) };
  },
);

export const snoozeIncident = apiRoute(
  {
    method: "post",
    path: "/incidents/{id}/snooze",
    summary: "Put an incident to sleep for 1 second to 7 days",
    tag,
    root: null,
    body: z.object({ duration: z.coerce.number() }),
    status: 201,
    from: "required",
  },
  async ({ ctx, wire, param, body }) => {
    const { id } = await getWireIncident(ctx, param("id"));
    only(await snoozeIncidents(ctx, { incidentIds: [id], seconds: body.duration }));
    return answer(ctx, wire, await getWireIncident(ctx, id));
  },
);

export const mergeIncident = apiRoute(
  {
    method: "put",
    path: "/incidents/{id}/merge",
    summary: "Fold other incidents into this one",
    tag,
    root: null,
    body: z.object({ source_incidents: z.array(z.object({ id: z.string() })).min(1, "can't be empty") }),
    from: "required",
  },
  async ({ ctx, wire, param, body }) => {
    const target = await getWireIncident(ctx, param("id"));
    await mergeIncidents(ctx, { targetId: target.id, sourceIds: body.source_incidents.map(({ id }) => id) });
    return answer(ctx, wire, await getWireIncident(ctx, target.id));
  },
);
