import { uiRoute } from "#lib/http/ui-route";
import { createTeam } from "#lib/people/commands/create-team";
import { teamInputSchema } from "#lib/people/schemas";

export const POST = uiRoute({ body: teamInputSchema, permission: "configure" }, ({ ctx, body }) =>
  createTeam(ctx, body),
);
