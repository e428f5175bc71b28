import { z } from "zod";
import { resolveAlerts } from "#lib/alerts/commands/resolve-alerts";
import { getWireAlert, listWireAlerts } from "#lib/alerts/queries/wire-alerts";
import { ALERT_STATUSES } from "#lib/alerts/vocabulary";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { wireAlert } from "#lib/http/wire/alert";
import { one, referenceSchema, words } from "#lib/http/wire/common-schemas";
import { listBody, pagingQuery, readPaging } from "#lib/http/wire/list";
import { moveAlerts } from "#lib/noise/commands/move-alerts";
import { getWireIncident } from "#lib/incidents/queries/wire-incidents";

const tag = "Incidents";

const alertsQuery = z.object({
  ...pagingQuery,
  alert_key: one,
  statuses: words,
  sort_by: one,
  include: words,
});

const alertChange = z.object({
  status: z.enum(["resolved"], { error: "can only be resolved" }).nullish(),
  incident: referenceSchema.nullish(),
});

export const listIncidentAlerts = apiRoute(
  {
    method: "get",
    path: "/incidents/{id}/alerts",
    summary: "List the alerts of an incident",
    tag,
    query: alertsQuery,
  },
  async ({ ctx, wire, param, query }) => {
    const { id: incidentId } = await getWireIncident(ctx, param("id"));
    const paging = readPaging(query);
    const [field, direction] = (query.sort_by ?? "created_at").split(":");
    const page = await listWireAlerts(ctx, {
      incidentId,
      dedupKey: query.alert_key ?? null,
      statuses: ALERT_STATUSES.filter((status) => query.statuses.includes(status)),
      sortBy: field === "resolved_at" ? "resolvedAt" : "createdAt",
      descending: direction === "desc",
      limit: paging.limit,
      offset: paging.offset,
      withTotal: paging.total,
    });
    return listBody("alerts", page, paging, (alert) => wireAlert(wire, alert));
  },
);

export const getIncidentAlert = apiRoute(
  { method: "get", path: "/incidents/{id}/alerts/{alert_id}", summary: "Get an alert of an incident", tag },
  async ({ ctx, wire, param }) => {
    const { id } = await getWireIncident(ctx, param("id"));
    return { alert: wireAlert(wire, await getWireAlert(ctx, id, param("alert_id"))) };
  },
);

/** Carries out what can be done to alerts: they can be resolved, and moved to another open incident. Answers where they are. */
async function changeAlerts(
  ctx: Context,
  incidentId: string,
  changes: readonly ({ id: string } & z.infer<typeof alertChange>)[],
): Promise<string> {
  const moves = changes.filter(({ incident }) => incident && incident.id !== incidentId);
  const targets = Map.groupBy(moves, ({ incident }) => incident?.id ?? "");
  if (targets.size > 1) {
    throw new AppError("invalid", "Alerts can be moved to one incident at a time.", { wireCode: 2015 });
  }
  const alertIds = changes.filter(({ status }) => status === "resolved").map(({ id }) => id);
  if (alertIds.length > 0) await resolveAlerts(ctx, { incidentId, alertIds });
  for (const [toIncidentId, moved] of targets) {
    await moveAlerts(ctx, { incidentId, alertIds: moved.map(({ id }) => id), toIncidentId });
    return toIncidentId;
  }
  return incidentId;
}

export const updateIncidentAlert = apiRoute(
  {
    method: "put",
    path: "/incidents/{id}/alerts/{alert_id}",
    summary: "Resolve an alert, or move it to another incident",
    tag,
    root: "alert",
    body: alertChange,
    from: "required",
  },
  async ({ ctx, wire, param, body }) => {
    const { id } = await getWireIncident(ctx, param("id"));
    const alertId = param("alert_id");
    const where = await changeAlerts(ctx, id, [{ ...body, id: alertId }]);
    return { alert: wireAlert(wire, await getWireAlert(ctx, where, alertId)) };
  },
);

export const updateIncidentAlerts = apiRoute(
  {
    method: "put",
    path: "/incidents/{id}/alerts",
    summary: "Resolve or move several alerts",
    tag,
    root: "alerts",
    body: z
      .array(alertChange.extend({ id: z.string() }))
      .min(1, "can't be empty")
      .max(250, "takes at most 250 alerts"),
    from: "required",
  },
  async ({ ctx, wire, param, body }) => {
    const { id } = await getWireIncident(ctx, param("id"));
    const incidentId = await changeAlerts(ctx, id, body);
    const ids = body.map(({ id }) => id);
    const paging = { limit: 250, offset: 0, total: false };
    const page = await listWireAlerts(ctx, { incidentId, ids, limit: paging.limit, offset: 0 });
    return listBody("alerts", page, paging, (alert) => wireAlert(wire, alert));
  },
);
