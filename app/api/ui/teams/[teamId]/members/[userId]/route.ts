import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { uiRoute } from "#lib/http/ui-route";
import { removeTeamMember } from "#lib/people/commands/remove-team-member";
import { setTeamMember } from "#lib/people/commands/set-team-member";
import { TEAM_ROLES } from "#lib/people/roles";

const params = z.object({ teamId: idField, userId: idField });
const body = z.object({ role: z.enum(TEAM_ROLES).optional() });

// A team's managers may arrange it too, so the right is the command's to check.
export const PUT = uiRoute({ params, body }, ({ ctx, params: member, body: { role } }) =>
  setTeamMember(ctx, { ...member, ...(role === undefined ? {} : { role }) }),
);

export const DELETE = uiRoute({ params }, ({ ctx, params: member }) => removeTeamMember(ctx, member));
