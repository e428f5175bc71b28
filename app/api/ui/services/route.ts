import { uiRoute } from "#lib/http/ui-route";
import { createService } from "#lib/services/commands/create-service";
import { serviceInputSchema } from "#lib/services/schemas";

export const POST = uiRoute({ body: serviceInputSchema, permission: "configure" }, ({ ctx, body }) =>
  createService(ctx, body),
);
