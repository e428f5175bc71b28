import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { peopleOfLevel } from "#lib/escalation/queries/levels-now";
import { listPolicies } from "#lib/escalation/queries/policies";
import { listTeams } from "#lib/people/queries/teams";

export type ServiceChoicesDto = {
  teams: { id: string; name: string }[];
  /** `first`: who the first level would tell now. */
  policies: { id: string; name: string; first: string[] }[];
};

/** Whose a service can be and by which policy it can page. */
export async function readServiceChoices(ctx: Context): Promise<ServiceChoicesDto> {
  requirePermission(ctx.actor, "read");
  const [{ teams }, { policies }] = await Promise.all([listTeams(ctx), listPolicies(ctx)]);
  return {
    teams: teams.map(({ id, name }) => ({ id, name })),
    policies: policies.map(({ id, name, levels: [first] }) => ({
      id,
      name,
      first: first ? peopleOfLevel(first).map((person) => person.name) : [],
    })),
  };
}
