import { uiRoute } from "#lib/http/ui-route";
import { createCacheVariable } from "#lib/rules/commands/save-cache-variable";
import { newCacheVariableSchema } from "#lib/rules/schemas";

export const POST = uiRoute({ body: newCacheVariableSchema, permission: "configure" }, ({ ctx, body }) =>
  createCacheVariable(ctx, body),
);
