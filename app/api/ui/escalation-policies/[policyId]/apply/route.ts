import { applyPolicy } from "#lib/escalation/commands/apply-policy";
import { previewApplication } from "#lib/escalation/queries/application-preview";
import { policyApplicationSchema, policyParams } from "#lib/escalation/schemas";
import { uiRoute } from "#lib/http/ui-route";

/** Whom it would page. */
export const GET = uiRoute({ params: policyParams }, ({ ctx, params }) =>
  previewApplication(ctx, params.policyId),
);

export const POST = uiRoute(
  { params: policyParams, body: policyApplicationSchema, permission: "configure" },
  ({ ctx, params, body }) => applyPolicy(ctx, { ...body, policyId: params.policyId }),
);
