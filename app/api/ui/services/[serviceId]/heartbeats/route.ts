import { createHeartbeat } from "#lib/heartbeats/commands/create-heartbeat";
import { heartbeatInputSchema } from "#lib/heartbeats/schemas";
import { uiRoute } from "#lib/http/ui-route";
import { serviceParams } from "#lib/services/schemas";

export const POST = uiRoute(
  { params: serviceParams, body: heartbeatInputSchema.omit({ serviceId: true }), permission: "configure" },
  ({ ctx, params, body }) => createHeartbeat(ctx, { ...params, ...body }),
);
