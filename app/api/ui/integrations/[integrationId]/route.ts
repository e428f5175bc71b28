import { uiRoute } from "#lib/http/ui-route";
import { deleteIntegration } from "#lib/services/commands/delete-integration";
import { updateIntegration } from "#lib/services/commands/update-integration";
import { integrationParams, integrationUpdateSchema } from "#lib/services/schemas";

export const PATCH = uiRoute(
  {
    params: integrationParams,
    body: integrationUpdateSchema.omit({ integrationId: true }),
    permission: "configure",
  },
  ({ ctx, params, body }) => updateIntegration(ctx, { ...params, ...body }),
);

export const DELETE = uiRoute({ params: integrationParams, permission: "configure" }, ({ ctx, params }) =>
  deleteIntegration(ctx, params.integrationId),
);
