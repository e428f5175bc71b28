import { z } from "zod";
import { uiRoute } from "#lib/http/ui-route";
import { declareIncident } from "#lib/incidents/commands/declare";
import { parseIncidentFilter } from "#lib/incidents/filter";
import { INCIDENT_SORTS, listIncidents } from "#lib/incidents/queries/list-incidents";
import { declareSchema } from "#lib/incidents/schemas";

const page = z.looseObject({
  sort: z.enum(INCIDENT_SORTS).default("newest"),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().optional(),
});

export const GET = uiRoute({ query: page, permission: "read" }, ({ ctx, query, request }) => {
  const { filter } = parseIncidentFilter(new URL(request.url).searchParams);
  return listIncidents(ctx, { filter, sort: query.sort, limit: query.limit, cursor: query.cursor ?? null });
});

export const POST = uiRoute({ body: declareSchema, permission: "incident.declare" }, ({ ctx, body }) =>
  declareIncident(ctx, body),
);
