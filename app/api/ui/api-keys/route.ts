import { uiRoute } from "#lib/http/ui-route";
import { createApiKey } from "#lib/organisation/commands/create-api-key";
import { apiKeyInputSchema } from "#lib/organisation/schemas";

export const POST = uiRoute({ body: apiKeyInputSchema, permission: "read" }, ({ ctx, body }) =>
  createApiKey(ctx, body),
);
