import { uiRoute } from "#lib/http/ui-route";
import { setCacheValue } from "#lib/rules/commands/set-cache-value";
import { cacheParams, cacheValueSchema } from "#lib/rules/schemas";

export const PUT = uiRoute(
  { params: cacheParams, body: cacheValueSchema, permission: "incident.respond" },
  ({ ctx, params, body }) => setCacheValue(ctx, { ...params, ...body }),
);
