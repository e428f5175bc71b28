import { uiRoute } from "#lib/http/ui-route";
import { deleteWebhook } from "#lib/rules/commands/delete-webhook";
import { updateWebhook } from "#lib/rules/commands/save-webhook";
import { ruleWebhookParams, ruleWebhookUpdateSchema } from "#lib/rules/schemas";

export const PATCH = uiRoute(
  { params: ruleWebhookParams, body: ruleWebhookUpdateSchema, permission: "configure" },
  ({ ctx, params, body }) => updateWebhook(ctx, { ...params, ...body }),
);

export const DELETE = uiRoute({ params: ruleWebhookParams, permission: "configure" }, ({ ctx, params }) =>
  deleteWebhook(ctx, params.webhookId),
);
