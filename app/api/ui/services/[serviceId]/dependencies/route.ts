import { uiRoute } from "#lib/http/ui-route";
import { setDependencies } from "#lib/services/commands/set-dependencies";
import { dependenciesInputSchema, serviceParams } from "#lib/services/schemas";

export const PUT = uiRoute(
  { params: serviceParams, body: dependenciesInputSchema.omit({ serviceId: true }), permission: "configure" },
  ({ ctx, params, body }) => setDependencies(ctx, { ...params, ...body }),
);
