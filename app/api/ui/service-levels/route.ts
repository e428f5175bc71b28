import { uiRoute } from "#lib/http/ui-route";
import { createServiceLevel } from "#lib/service-levels/commands/save-policy";
import { serviceLevelInputSchema } from "#lib/service-levels/schemas";

export const POST = uiRoute({ body: serviceLevelInputSchema, permission: "configure" }, ({ ctx, body }) =>
  createServiceLevel(ctx, body),
);
