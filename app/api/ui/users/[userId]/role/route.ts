import { uiRoute } from "#lib/http/ui-route";
import { changeRole } from "#lib/people/commands/change-role";
import { roleChangeSchema, userParams } from "#lib/people/schemas";

export const PUT = uiRoute(
  { params: userParams, body: roleChangeSchema.omit({ userId: true }), permission: "people.manage" },
  ({ ctx, params, body }) => changeRole(ctx, { ...params, ...body }),
);
