import { uiRoute } from "#lib/http/ui-route";
import { setPassword } from "#lib/people/commands/set-password";
import { passwordChangeSchema, userParams } from "#lib/people/schemas";

export const PUT = uiRoute(
  { params: userParams, body: passwordChangeSchema.omit({ userId: true }) },
  ({ ctx, params, body }) => setPassword(ctx, { ...params, ...body }),
);
