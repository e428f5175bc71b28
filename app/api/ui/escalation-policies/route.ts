import { createPolicy } from "#lib/escalation/commands/create-policy";
import { policyInputSchema } from "#lib/escalation/schemas";
import { uiRoute } from "#lib/http/ui-route";

export const POST = uiRoute({ body: policyInputSchema, permission: "configure" }, ({ ctx, body }) =>
  createPolicy(ctx, body),
);
