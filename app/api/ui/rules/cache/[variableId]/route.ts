import { uiRoute } from "#lib/http/ui-route";
import { deleteCacheVariable } from "#lib/rules/commands/delete-cache-variable";
import { updateCacheVariable } from "#lib/rules/commands/save-cache-variable";
import { cacheParams, cacheVariableSchema } from "#lib/rules/schemas";

export const PUT = uiRoute(
  { params: cacheParams, body: cacheVariableSchema, permission: "configure" },
  ({ ctx, params, body }) => updateCacheVariable(ctx, { ...params, variable: body }),
);

export const DELETE = uiRoute({ params: cacheParams, permission: "configure" }, ({ ctx, params }) =>
  deleteCacheVariable(ctx, params.variableId),
);
