import { z } from "zod";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { updatePolicy } from "#lib/escalation/commands/update-policy";
import { getPolicy } from "#lib/escalation/queries/policies";
import { apiRoute } from "#lib/http/api-route";
import { expandUsers, NOTHING } from "#lib/http/api/expand";
import { one, words } from "#lib/http/wire/common-schemas";
import { toPolicyInput } from "#lib/http/wire/escalation-policy-schemas";
import { fromOffset, listBody, pagingQuery, readPaging } from "#lib/http/wire/list";
import { wireMember, wireTeam } from "#lib/http/wire/team";
import type { WireContext } from "#lib/http/wire/wire-context";
import { createTeam } from "#lib/people/commands/create-team";
import { deleteTeam } from "#lib/people/commands/delete-team";
import { removeTeamMember } from "#lib/people/commands/remove-team-member";
import { setTeamMember } from "#lib/people/commands/set-team-member";
import { updateTeam } from "#lib/people/commands/update-team";
import { getTeam, listTeamMembers, listTeams } from "#lib/people/queries/teams";
import { TEAM_ROLES } from "#lib/people/roles";

const tag = "Teams";

const teamBody = z.object({ name: z.string().optional(), description: z.string().nullish() });
const teamsQuery = z.object({ ...pagingQuery, query: one, include: words });

export const listWireTeams = apiRoute(
  { method: "get", path: "/teams", summary: "List teams", tag, query: teamsQuery },
  async ({ ctx, wire, query }) => {
    const paging = readPaging(query);
    const found = await listTeams(ctx, { query: query.query, limit: paging.limit, offset: paging.offset });
    return listBody("teams", fromOffset(found.teams, found.total, paging), paging, (team) =>
      wireTeam(wire, team),
    );
  },
);

async function answer(ctx: Context, wire: WireContext, id: string) {
  return { team: wireTeam(wire, await getTeam(ctx, id)) };
}

export const getWireTeam = apiRoute(
  { method: "get", path: "/teams/{id}", summary: "Get a team", tag },
  ({ ctx, wire, param }) => answer(ctx, wire, param("id")),
);

export const createWireTeam = apiRoute(
  {
    method: "post",
    path: "/teams",
    summary: "Create a team",
    tag,
    root: "team",
    body: teamBody,
    status: 201,
  },
  async ({ ctx, wire, body }) => {
    const { id } = await createTeam(ctx, { name: body.name ?? "", description: body.description ?? null });
    return answer(ctx, wire, id);
  },
);

export const updateWireTeam = apiRoute(
  { method: "put", path: "/teams/{id}", summary: "Change a team", tag, root: "team", body: teamBody },
  async ({ ctx, wire, param, body }) => {
    const { id: teamId } = await getTeam(ctx, param("id"));
    await updateTeam(ctx, { teamId, name: body.name, description: body.description });
    return answer(ctx, wire, teamId);
  },
);

export const deleteWireTeam = apiRoute(
  {
    method: "delete",
    path: "/teams/{id}",
    summary: "Delete a team; what it owned goes to `reassignment_team`, or stays without an owner",
    tag,
    query: z.object({ reassignment_team: one }),
    status: 204,
  },
  async ({ ctx, param, query }) => {
    const { id: teamId } = await getTeam(ctx, param("id"));
    await deleteTeam(ctx, { teamId, reassignToTeamId: query.reassignment_team || undefined });
  },
);

export const listWireMembers = apiRoute(
  {
    method: "get",
    path: "/teams/{id}/members",
    summary: "List the members of a team",
    tag,
    query: teamsQuery,
  },
  async ({ ctx, wire, param, query }) => {
    const { id } = await getTeam(ctx, param("id"));
    const paging = readPaging(query);
    const members = (await listTeamMembers(ctx, [id])).get(id) ?? [];
    const rows = members.slice(paging.offset, paging.offset + paging.limit);
    const ids = rows.map((member) => member.id);
    const users = wire.include.has("users") ? await expandUsers(ctx, wire, ids) : NOTHING;
    return listBody("members", fromOffset(rows, members.length, paging), paging, (member) =>
      wireMember(wire, member, users.get(member.id)),
    );
  },
);

export const putWireMember = apiRoute(
  {
    method: "put",
    path: "/teams/{id}/users/{user_id}",
    summary: "Add a person to a team, or change their role in it",
    tag,
    root: null,
    bodyOptional: true,
    body: z.object({ role: z.enum(TEAM_ROLES).nullish() }),
    status: 204,
  },
  async ({ ctx, param, body }) => {
    const { id: teamId } = await getTeam(ctx, param("id"));
    await setTeamMember(ctx, { teamId, userId: param("user_id"), role: body.role ?? undefined });
  },
);

export const deleteWireMember = apiRoute(
  {
    method: "delete",
    path: "/teams/{id}/users/{user_id}",
    summary: "Take a person out of a team",
    tag,
    status: 204,
  },
  async ({ ctx, param }) => {
    const { id: teamId } = await getTeam(ctx, param("id"));
    await removeTeamMember(ctx, { teamId, userId: param("user_id") });
  },
);

async function moveOwner(ctx: Context, policyId: string, teamId: string | null): Promise<void> {
  const policy = await getPolicy(ctx, policyId);
  const expectedVersion = policy.version;
  await updatePolicy(ctx, { ...toPolicyInput({}, policy), teamId, policyId: policy.id, expectedVersion });
}

export const putWireTeamPolicy = apiRoute(
  {
    method: "put",
    path: "/teams/{id}/escalation_policies/{policy_id}",
    summary: "Give an escalation policy to a team",
    tag,
    status: 204,
  },
  async ({ ctx, param }) => {
    const { id: teamId } = await getTeam(ctx, param("id"));
    await moveOwner(ctx, param("policy_id"), teamId);
  },
);

export const deleteWireTeamPolicy = apiRoute(
  {
    method: "delete",
    path: "/teams/{id}/escalation_policies/{policy_id}",
    summary: "Take an escalation policy from a team",
    tag,
    status: 204,
  },
  async ({ ctx, param }) => {
    const [{ id: teamId }, policy] = await Promise.all([
      getTeam(ctx, param("id")),
      getPolicy(ctx, param("policy_id")),
    ]);
    if (policy.team?.id !== teamId) throw new AppError("not_found", "The team does not own that policy.");
    await moveOwner(ctx, policy.id, null);
  },
);
