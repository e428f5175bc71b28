import { uiRoute } from "#lib/http/ui-route";
import { extendMaintenance } from "#lib/noise/commands/maintenance";
import { extendWindowSchema, windowParams } from "#lib/noise/schemas";

export const POST = uiRoute(
  { params: windowParams, body: extendWindowSchema.omit({ windowId: true }), permission: "incident.respond" },
  ({ ctx, params, body }) => extendMaintenance(ctx, { ...params, ...body }),
);
