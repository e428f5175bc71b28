import { uiRoute } from "#lib/http/ui-route";
import { removeServiceLevel, updateServiceLevel } from "#lib/service-levels/commands/save-policy";
import { serviceLevelInputSchema, serviceLevelParams } from "#lib/service-levels/schemas";

export const PUT = uiRoute(
  { params: serviceLevelParams, body: serviceLevelInputSchema, permission: "configure" },
  ({ ctx, params, body }) => updateServiceLevel(ctx, { ...params, ...body }),
);

export const DELETE = uiRoute({ params: serviceLevelParams, permission: "configure" }, ({ ctx, params }) =>
  removeServiceLevel(ctx, params),
);
