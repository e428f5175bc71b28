import { deletePolicy } from "#lib/escalation/commands/delete-policy";
import { updatePolicy } from "#lib/escalation/commands/update-policy";
import { policyParams, policyUpdateSchema } from "#lib/escalation/schemas";
import { uiRoute } from "#lib/http/ui-route";

export const PUT = uiRoute(
  { params: policyParams, body: policyUpdateSchema.omit({ policyId: true }), permission: "configure" },
  ({ ctx, params, body }) => updatePolicy(ctx, { ...body, policyId: params.policyId }),
);

export const DELETE = uiRoute({ params: policyParams, permission: "configure" }, ({ ctx, params }) =>
  deletePolicy(ctx, params.policyId),
);
