import { publishMapping } from "#lib/events/commands/publish-mapping";
import { publishMappingSchema } from "#lib/events/schemas";
import { uiRoute } from "#lib/http/ui-route";
import { integrationParams } from "#lib/services/schemas";

export const PUT = uiRoute(
  {
    params: integrationParams,
    body: publishMappingSchema.omit({ integrationId: true }),
    permission: "configure",
  },
  ({ ctx, params, body }) => publishMapping(ctx, { ...params, ...body }),
);
