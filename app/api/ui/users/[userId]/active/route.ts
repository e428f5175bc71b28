import { z } from "zod";
import { uiRoute } from "#lib/http/ui-route";
import { deactivateUser } from "#lib/people/commands/deactivate-user";
import { reactivateUser } from "#lib/people/commands/reactivate-user";
import { getObligations } from "#lib/people/queries/obligations";
import { userParams } from "#lib/people/schemas";

/** What the person would leave behind. */
export const GET = uiRoute({ params: userParams, permission: "people.manage" }, ({ ctx, params }) =>
  getObligations(ctx, params.userId),
);

export const PUT = uiRoute(
  { params: userParams, body: z.object({ active: z.boolean() }), permission: "people.manage" },
  async ({ ctx, params, body }) => {
    if (!body.active) return deactivateUser(ctx, params.userId);
    await reactivateUser(ctx, params.userId);
    return null;
  },
);
