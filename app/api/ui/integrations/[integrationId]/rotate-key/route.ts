import { uiRoute } from "#lib/http/ui-route";
import { rotateIntegrationKey } from "#lib/services/commands/rotate-integration-key";
import { integrationParams } from "#lib/services/schemas";

export const POST = uiRoute({ params: integrationParams, permission: "configure" }, ({ ctx, params }) =>
  rotateIntegrationKey(ctx, params.integrationId),
);
