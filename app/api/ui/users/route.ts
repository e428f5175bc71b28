import { uiRoute } from "#lib/http/ui-route";
import { createUser } from "#lib/people/commands/create-user";
import { userInputSchema } from "#lib/people/schemas";

export const POST = uiRoute({ body: userInputSchema, permission: "people.manage" }, ({ ctx, body }) =>
  createUser(ctx, body),
);
