import { uiRoute } from "#lib/http/ui-route";
import { tryRules } from "#lib/rules/queries/try-rules";
import { tryRulesSchema } from "#lib/rules/schemas";

export const POST = uiRoute(
  { body: tryRulesSchema, permission: "read", maxBytes: 2_000_000 },
  ({ ctx, body }) => tryRules(ctx, body),
);
