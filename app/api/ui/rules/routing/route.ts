import { uiRoute } from "#lib/http/ui-route";
import { routeByRules } from "#lib/rules/commands/route-by-rules";
import { routingSchema } from "#lib/rules/schemas";

export const POST = uiRoute({ body: routingSchema, permission: "configure" }, async ({ ctx, body }) => {
  await routeByRules(ctx, body);
  return null;
});
