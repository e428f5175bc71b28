import { z } from "zod";
import { uiRoute } from "#lib/http/ui-route";
import { switchService } from "#lib/services/commands/switch-service";
import { serviceParams } from "#lib/services/schemas";

export const PUT = uiRoute(
  { params: serviceParams, body: z.object({ enabled: z.boolean() }), permission: "configure" },
  ({ ctx, params, body }) => switchService(ctx, { ...params, ...body }),
);
