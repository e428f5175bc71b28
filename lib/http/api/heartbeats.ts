import { z } from "zod";
import { SEVERITIES } from "#lib/alerts/vocabulary";
import { createHeartbeat } from "#lib/heartbeats/commands/create-heartbeat";
import { updateHeartbeat } from "#lib/heartbeats/commands/update-heartbeat";
import { getHeartbeat, listHeartbeats } from "#lib/heartbeats/queries/heartbeats";
import { apiRoute } from "#lib/http/api-route";
import { referenceSchema } from "#lib/http/wire/common-schemas";
import { wireHeartbeat } from "#lib/http/wire/heartbeat";
import { deleteIntegration } from "#lib/services/commands/delete-integration";
import { getService } from "#lib/services/queries/services";

const tag = "Heartbeats";

const fields = z.object({
  name: z.string(),
  every_seconds: z.number(),
  grace_seconds: z.number().optional(),
  severity: z.enum(SEVERITIES).optional(),
});

export const listWireHeartbeats = apiRoute(
  { method: "get", path: "/heartbeats", summary: "List what is expected to report in", tag },
  async ({ ctx, wire }) => ({
    heartbeats: (await listHeartbeats(ctx)).map((heartbeat) => wireHeartbeat(wire, heartbeat)),
  }),
);

export const createWireHeartbeat = apiRoute(
  {
    method: "post",
    path: "/heartbeats",
    summary: "Expect something to report in",
    tag,
    root: "heartbeat",
    body: fields.extend({ service: referenceSchema }),
    status: 201,
  },
  async ({ ctx, wire, body }) => {
    const { id: serviceId } = await getService(ctx, body.service.id);
    const { id } = await createHeartbeat(ctx, {
      serviceId,
      name: body.name,
      everySeconds: body.every_seconds,
      graceSeconds: body.grace_seconds,
      severity: body.severity,
    });
    return { heartbeat: wireHeartbeat(wire, await getHeartbeat(ctx, id)) };
  },
);

export const getWireHeartbeat = apiRoute(
  { method: "get", path: "/heartbeats/{id}", summary: "Get a heartbeat", tag },
  async ({ ctx, wire, param }) => ({ heartbeat: wireHeartbeat(wire, await getHeartbeat(ctx, param("id"))) }),
);

export const updateWireHeartbeat = apiRoute(
  {
    method: "put",
    path: "/heartbeats/{id}",
    summary: "Change what is expected of a heartbeat",
    tag,
    root: "heartbeat",
    body: fields.partial(),
  },
  async ({ ctx, wire, param, body }) => {
    const heartbeatId = param("id");
    await updateHeartbeat(ctx, {
      heartbeatId,
      name: body.name,
      everySeconds: body.every_seconds,
      graceSeconds: body.grace_seconds,
      severity: body.severity,
    });
    return { heartbeat: wireHeartbeat(wire, await getHeartbeat(ctx, heartbeatId)) };
  },
);

export const deleteWireHeartbeat = apiRoute(
  { method: "delete", path: "/heartbeats/{id}", summary: "Expect it no more", tag, status: 204 },
  async ({ ctx, param }) => {
    const { id } = await getHeartbeat(ctx, param("id"));
    await deleteIntegration(ctx, id);
  },
);
