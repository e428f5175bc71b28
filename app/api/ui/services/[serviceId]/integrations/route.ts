import { uiRoute } from "#lib/http/ui-route";
import { createIntegration } from "#lib/services/commands/create-integration";
import { integrationInputSchema, serviceParams } from "#lib/services/schemas";

export const POST = uiRoute(
  { params: serviceParams, body: integrationInputSchema.omit({ serviceId: true }), permission: "configure" },
  ({ ctx, params, body }) => createIntegration(ctx, { ...params, ...body }),
);
