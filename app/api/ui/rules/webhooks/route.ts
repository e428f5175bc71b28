import { uiRoute } from "#lib/http/ui-route";
import { createWebhook } from "#lib/rules/commands/save-webhook";
import { ruleWebhookSchema } from "#lib/rules/schemas";

export const POST = uiRoute({ body: ruleWebhookSchema, permission: "configure" }, ({ ctx, body }) =>
  createWebhook(ctx, body),
);
