import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { wireLicense } from "#lib/http/wire/license";
import { fromOffset, listBody, readPaging } from "#lib/http/wire/list";
import { wireUser } from "#lib/http/wire/user";
import { userBody, usersQuery } from "#lib/http/wire/user-schemas";
import type { WireContext } from "#lib/http/wire/wire-context";
import { changeRole } from "#lib/people/commands/change-role";
import { createUser } from "#lib/people/commands/create-user";
import { deactivateUser } from "#lib/people/commands/deactivate-user";
import { updateUser } from "#lib/people/commands/update-user";
import { listContacts } from "#lib/people/queries/contacts";
import { getObligations } from "#lib/people/queries/obligations";
import type { Obligations } from "#lib/people/queries/obligations";
import { getUser, listUsers } from "#lib/people/queries/users";
import type { UserDto } from "#lib/people/queries/users";

const tag = "Users";

/** An active person. Deactivated ones are gone, as far as this API goes. */
export async function findUser(ctx: Context, id: string): Promise<UserDto> {
  const user = await getUser(ctx, id);
  if (user.isDeactivated) throw new AppError("not_found", "There is no such person.", { wireCode: 2013 });
  return user;
}

export const listWireUsers = apiRoute(
  { method: "get", path: "/users", summary: "List people", tag, query: usersQuery },
  async ({ ctx, wire, query }) => {
    const paging = readPaging(query);
    const { query: text, team_ids: teamIds } = query;
    const found = await listUsers(ctx, { query: text, teamIds, limit: paging.limit, offset: paging.offset });
    const contacts = await listContacts(
      ctx,
      found.users.map(({ id }) => id),
    );
    return listBody("users", fromOffset(found.users, found.total, paging), paging, (user) =>
      wireUser(wire, user, contacts.get(user.id)),
    );
  },
);

async function answer(ctx: Context, wire: WireContext, id: string) {
  const [user, contacts] = await Promise.all([findUser(ctx, id), listContacts(ctx, [id])]);
  return { user: wireUser(wire, user, contacts.get(id)) };
}

export const getWireUser = apiRoute(
  { method: "get", path: "/users/{id}", summary: "Get a person", tag },
  ({ ctx, wire, param }) => answer(ctx, wire, param("id")),
);

export const getMe = apiRoute(
  { method: "get", path: "/users/me", summary: "Get the person whose key this is", tag },
  ({ ctx, wire, caller }) => {
    const { id } = ctx.actor;
    if (!caller.account && id !== null) return answer(ctx, wire, id);
    // Clients look for these words in a plain string, unlike anywhere else.
    const error = "Can not request current user when using account-level access token";
    return Response.json({ error }, { status: 400 });
  },
);

export const createWireUser = apiRoute(
  { method: "post", path: "/users", summary: "Add a person", tag, root: "user", body: userBody, status: 201 },
  async ({ ctx, wire, body }) => {
    const { id } = await createUser(ctx, {
      name: body.name ?? "",
      email: body.email ?? "",
      role: body.role ?? "manager",
      timeZone: body.time_zone,
      jobTitle: body.job_title,
      description: body.description,
    });
    return answer(ctx, wire, id);
  },
);

export const updateWireUser = apiRoute(
  {
    method: "put",
    path: "/users/{id}",
    summary: "Change a person's profile or role",
    tag,
    root: "user",
    body: userBody,
  },
  async ({ ctx, wire, param, body }) => {
    const { id: userId, role } = await findUser(ctx, param("id"));
    await updateUser(ctx, {
      userId,
      name: body.name,
      email: body.email,
      timeZone: body.time_zone,
      jobTitle: body.job_title,
      description: body.description,
    });
    if (body.role && body.role !== role) await changeRole(ctx, { userId, role: body.role });
    return answer(ctx, wire, userId);
  },
);

export const deleteWireUser = apiRoute(
  {
    method: "delete",
    path: "/users/{id}",
    summary: "Remove a person; what they did stays",
    tag,
    status: 204,
  },
  async ({ ctx, param }) => {
    const { id } = await findUser(ctx, param("id"));
    refuseWhileNeeded(await getObligations(ctx, id));
    await deactivateUser(ctx, id);
  },
);

/** The public API removes nobody on whom something counts. */
function refuseWhileNeeded({ openIncidents, policies, schedules }: Obligations): void {
  const [incident] = openIncidents;
  const [policy] = policies;
  const [schedule] = schedules;
  const because = incident
    ? `incident #${incident.number} is assigned to them`
    : policy
      ? `they are on the escalation policy ${policy.name}`
      : schedule && `they are on the schedule ${schedule.name}`;
  if (because) throw new AppError("invalid", `User cannot be deleted as ${because}`, { wireCode: 2001 });
}

export const getUserLicense = apiRoute(
  { method: "get", path: "/users/{id}/license", summary: "Get a person's licence", tag },
  async ({ ctx, wire, param }) => {
    await findUser(ctx, param("id"));
    return { license: wireLicense(wire) };
  },
);
