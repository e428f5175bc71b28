import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { deleteTeam } from "#lib/people/commands/delete-team";
import { updateTeam } from "#lib/people/commands/update-team";
import { teamDeletionSchema, teamUpdateSchema } from "#lib/people/schemas";

const params = z.object({ teamId: idField });

export const PATCH = uiRoute(
  { params, body: teamUpdateSchema.omit({ teamId: true }) },
  ({ ctx, params: { teamId }, body }) => updateTeam(ctx, { teamId, ...body }),
);

export const DELETE = uiRoute(
  { params, query: teamDeletionSchema.omit({ teamId: true }), permission: "configure" },
  ({ ctx, params: { teamId }, query }) => deleteTeam(ctx, { teamId, ...query }),
);
