import { uiRoute } from "#lib/http/ui-route";
import { addProvider, addProviderSchema } from "#lib/notifications/commands/add-provider";

export const POST = uiRoute({ permission: "organisation.manage", body: addProviderSchema }, ({ ctx, body }) =>
  addProvider(ctx, body),
);
