import { updateHeartbeat } from "#lib/heartbeats/commands/update-heartbeat";
import { heartbeatUpdateSchema } from "#lib/heartbeats/schemas";
import { uiRoute } from "#lib/http/ui-route";

export const PATCH = uiRoute(
  {
    params: heartbeatUpdateSchema.pick({ heartbeatId: true }),
    body: heartbeatUpdateSchema.omit({ heartbeatId: true }),
    permission: "configure",
  },
  ({ ctx, params, body }) => updateHeartbeat(ctx, { ...params, ...body }),
);
