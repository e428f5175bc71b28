import { callApi } from "#lib/browser/api";
import type { ReadinessMatrix } from "#lib/people/queries/readiness-matrix";
import type { Contacts } from "#lib/people/queries/contacts";
import type { Obligations } from "#lib/people/queries/obligations";
import type { PersonDto } from "#lib/people/queries/people";
import type { TeamDto, TeamMemberDto } from "#lib/people/queries/teams";
import type { PasswordChange, TeamInput, UserInput, UserUpdate } from "#lib/people/schemas";
import type { Role, TeamRole } from "#lib/people/roles";

// What browser code knows of the answers; the queries themselves stay on the server.
export type Person = PersonDto;
export type Team = TeamDto;
export type TeamMember = TeamMemberDto;
export type PersonContacts = Contacts;
export type LeftOpen = Obligations;

export function createUser(user: UserInput) {
  return callApi<{ id: string }>("POST", "/api/ui/users", user);
}

export function updateUser(userId: string, change: Omit<UserUpdate, "userId">) {
  return callApi<null>("PATCH", `/api/ui/users/${userId}`, change);
}

export function changeRole(userId: string, role: Role) {
  return callApi<null>("PUT", `/api/ui/users/${userId}/role`, { role });
}

export function setPassword(userId: string, change: Omit<PasswordChange, "userId">) {
  return callApi<null>("PUT", `/api/ui/users/${userId}/password`, change);
}

export function setActive(userId: string, active: boolean) {
  return callApi<Obligations | null>("PUT", `/api/ui/users/${userId}/active`, { active });
}

/** What a person would leave behind. */
export function readObligations(userId: string, signal?: AbortSignal) {
  return callApi<Obligations>("GET", `/api/ui/users/${userId}/active`, undefined, signal);
}

export function endSessions(userId: string) {
  return callApi<null>("DELETE", `/api/ui/users/${userId}/sessions`);
}

export function createTeam(team: TeamInput) {
  return callApi<{ id: string; slug: string }>("POST", "/api/ui/teams", team);
}

export function updateTeam(teamId: string, change: { name?: string; description?: string | null }) {
  return callApi<null>("PATCH", `/api/ui/teams/${teamId}`, change);
}

export function deleteTeam(teamId: string, reassignToTeamId: string | null) {
  const query = reassignToTeamId === null ? "" : `?reassignToTeamId=${reassignToTeamId}`;
  return callApi<null>("DELETE", `/api/ui/teams/${teamId}${query}`);
}

export function setTeamMember(teamId: string, userId: string, role?: TeamRole) {
  return callApi<null>(
    "PUT",
    `/api/ui/teams/${teamId}/members/${userId}`,
    role === undefined ? {} : { role },
  );
}

export function removeTeamMember(teamId: string, userId: string) {
  return callApi<null>("DELETE", `/api/ui/teams/${teamId}/members/${userId}`);
}

export type Matrix = ReadinessMatrix;
