import { resourceHead, wireReference } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";
import type { TeamDto, TeamMemberDto } from "#lib/people/queries/teams";

/** A team as the public API shows it. Teams have no parents here. */
export function wireTeam(wire: WireContext, team: TeamDto) {
  return {
    ...resourceHead(wire, "team", team),
    name: team.name,
    description: team.description,
    default_role: "manager",
    parent: null,
  };
}

/** A member of a team; `user` is the full person where that was asked for. */
export function wireMember(wire: WireContext, member: TeamMemberDto, user: unknown) {
  return { user: user ?? wireReference(wire, "user", member), role: member.role };
}
