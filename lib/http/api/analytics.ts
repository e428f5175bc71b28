import type { z } from "zod";
import type { Context } from "#lib/context";
import { apiRoute } from "#lib/http/api-route";
import { metricFilterOf, metricsBody, rawIncidentsBody } from "#lib/http/wire/analytics-schemas";
import { readCursor, writeCursor } from "#lib/http/wire/analytics-cursor";
import { byOrder } from "#lib/http/wire/analytics-order";
import { getUser } from "#lib/people/queries/users";
import type { MetricGroup } from "#lib/reports/metric-filter";
import { readIncidentMetrics } from "#lib/reports/queries/incident-metrics";
import { listIncidentResponses } from "#lib/reports/queries/incident-responses";
import { getRawIncident, listRawIncidents } from "#lib/reports/queries/raw-incidents";
import { readResponderMetrics } from "#lib/reports/queries/responder-metrics";
import { readUserMetrics } from "#lib/reports/queries/user-metrics";

const tag = "Analytics";

function without<T extends object, Key extends keyof T>(row: T, key: Key): Omit<T, Key> {
  const rest: Partial<T> = { ...row };
  delete rest[key];
  return rest as Omit<T, Key>;
}

function metricsRoute(path: string, by: MetricGroup, summary: string) {
  return apiRoute(
    {
      method: "post",
      path: `/analytics/metrics/incidents/${path}`,
      summary,
      tag,
      root: null,
      bodyOptional: true,
      body: metricsBody,
      readsOnly: true,
    },
    async ({ ctx, body, now }) => {
      const { filters, time_zone, aggregate_unit: unit = null, order = null, order_by = null } = body;
      const filter = metricFilterOf(filters, now);
      const rows = await readIncidentMetrics(ctx, { filter, by, unit, timeZone: time_zone });
      return {
        data: byOrder(
          rows.map((row) => without(row, "all")),
          order,
          order_by,
        ),
        filters: filters ?? {},
        time_zone,
        aggregate_unit: unit,
        order,
        order_by,
      };
    },
  );
}

export const allIncidentMetrics = metricsRoute("all", "all", "Metrics of all incidents");
export const serviceMetrics = metricsRoute("services", "service", "Metrics of incidents by service");
export const allServiceMetrics = metricsRoute(
  "services/all",
  "all",
  "Metrics of incidents of these services",
);
export const teamMetrics = metricsRoute("teams", "team", "Metrics of incidents by team");
export const allTeamMetrics = metricsRoute("teams/all", "all", "Metrics of incidents of these teams");
export const policyMetrics = metricsRoute(
  "escalation_policies",
  "policy",
  "Metrics of incidents by the escalation policy that they had last",
);
export const allPolicyMetrics = metricsRoute(
  "escalation_policies/all",
  "all",
  "Metrics of incidents of these escalation policies",
);

function responderRoute(path: string, byTeam: boolean, summary: string) {
  return apiRoute(
    {
      method: "post",
      path: `/analytics/metrics/responders/${path}`,
      summary,
      tag,
      root: null,
      bodyOptional: true,
      body: metricsBody,
      readsOnly: true,
    },
    async ({ ctx, body, now }) => {
      const { filters, time_zone, order = null, order_by = null } = body;
      const rows = await readResponderMetrics(ctx, metricFilterOf(filters, now), byTeam);
      return { data: byOrder(rows, order, order_by), filters: filters ?? {}, time_zone, order, order_by };
    },
  );
}

export const responderMetrics = responderRoute("all", false, "What reached each person and what they did");
export const responderTeamMetrics = responderRoute("teams", true, "The same for each team of each person");

export const userMetrics = apiRoute(
  {
    method: "post",
    path: "/analytics/metrics/users/all",
    summary: "How far people are set up to be paged",
    tag,
    root: null,
    bodyOptional: true,
    body: metricsBody,
    readsOnly: true,
  },
  async ({ ctx, body: { filters, time_zone } }) => {
    const row = await readUserMetrics(ctx, filters?.team_ids ?? []);
    return { data: [row], filters: filters ?? {}, time_zone };
  },
);

const rawPage = { tag, root: null, bodyOptional: true, body: rawIncidentsBody, readsOnly: true } as const;

async function answerRawPage(
  ctx: Context,
  body: z.infer<typeof rawIncidentsBody>,
  now: Date,
  responderId?: string,
) {
  const { filters, time_zone, order, order_by } = body;
  const limit = body.limit ?? 100;
  const orderBy = order_by ?? "created_at";
  const page = await listRawIncidents(ctx, {
    filter: metricFilterOf(filters, now),
    ...(responderId !== undefined && { responderId }),
    orderBy,
    descending: order !== "asc",
    limit,
    after: readCursor(body.starting_after, "starting_after"),
    before: readCursor(body.ending_before, "ending_before"),
  });
  return {
    first: writeCursor(page.rows.at(0)?.cursor),
    last: writeCursor(page.rows.at(-1)?.cursor),
    limit,
    more: page.more,
    order: order ?? "desc",
    order_by: orderBy,
    filters: filters ?? {},
    time_zone,
    data: page.rows.map((row) => without(row, "cursor")),
  };
}

export const rawIncidents = apiRoute(
  {
    method: "post",
    path: "/analytics/raw/incidents",
    summary: "The facts of incidents, page by page",
    ...rawPage,
  },
  ({ ctx, body, now }) => answerRawPage(ctx, body, now),
);

export const rawResponderIncidents = apiRoute(
  {
    method: "post",
    path: "/analytics/raw/responders/{id}/incidents",
    summary: "The facts of the incidents that a person was given, acknowledged or joined, page by page",
    ...rawPage,
  },
  async ({ ctx, body, now, param }) => {
    const { id } = await getUser(ctx, param("id"));
    return { responder_id: id, ...(await answerRawPage(ctx, body, now, id)) };
  },
);

export const rawIncident = apiRoute(
  { method: "get", path: "/analytics/raw/incidents/{id}", summary: "The facts of an incident", tag },
  ({ ctx, param }) => getRawIncident(ctx, param("id")),
);

export const rawResponses = apiRoute(
  {
    method: "get",
    path: "/analytics/raw/incidents/{id}/responses",
    summary: "Who was asked to act on an incident, and when they did",
    tag,
  },
  async ({ ctx, param }) => {
    const { id } = await getRawIncident(ctx, param("id"));
    const responses = await listIncidentResponses(ctx, id);
    return { incident_id: id, limit: responses.length, responses };
  },
);
