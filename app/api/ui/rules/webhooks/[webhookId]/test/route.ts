import { uiRoute } from "#lib/http/ui-route";
import { testWebhook } from "#lib/rules/commands/test-webhook";
import { ruleWebhookParams } from "#lib/rules/schemas";

export const POST = uiRoute({ params: ruleWebhookParams, permission: "configure" }, ({ ctx, params }) =>
  testWebhook(ctx, params.webhookId),
);
