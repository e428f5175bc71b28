import { uiRoute } from "#lib/http/ui-route";
import { publishRules } from "#lib/rules/commands/publish-rules";
import { publishRulesSchema } from "#lib/rules/schemas";

export const POST = uiRoute(
  { body: publishRulesSchema, permission: "configure", maxBytes: 2_000_000 },
  ({ ctx, body }) => publishRules(ctx, body),
);
