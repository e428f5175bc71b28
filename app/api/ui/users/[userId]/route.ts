import { uiRoute } from "#lib/http/ui-route";
import { updateUser } from "#lib/people/commands/update-user";
import { userParams, userUpdateSchema } from "#lib/people/schemas";

export const PATCH = uiRoute(
  { params: userParams, body: userUpdateSchema.omit({ userId: true }) },
  ({ ctx, params, body }) => updateUser(ctx, { ...params, ...body }),
);
