import type { Context } from "#lib/context";
import { listPolicies } from "#lib/escalation/queries/policies";
import { wireEscalationPolicy } from "#lib/http/wire/escalation-policy";
import { wireSchedule } from "#lib/http/wire/schedule";
import { wireService } from "#lib/http/wire/service";
import { wireTeam } from "#lib/http/wire/team";
import { wireUser } from "#lib/http/wire/user";
import type { WireContext } from "#lib/http/wire/wire-context";
import { listSchedules } from "#lib/on-call/queries/schedules";
import { listContacts } from "#lib/people/queries/contacts";
import { listTeams } from "#lib/people/queries/teams";
import { listUsers } from "#lib/people/queries/users";
import { listServices } from "#lib/services/queries/services";

/** Full objects by id, to stand where references would. */
export type Expansion = ReadonlyMap<string, unknown>;

export const NOTHING: Expansion = new Map();

/** What is loaded is what was included, so nothing inside it is expanded again. */
function flat(wire: WireContext): WireContext {
  return { ...wire, include: new Set() };
}

export async function expandUsers(
  ctx: Context,
  wire: WireContext,
  ids: Iterable<string>,
): Promise<Expansion> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return NOTHING;
  const [{ users }, contacts] = await Promise.all([
    listUsers(ctx, { ids: wanted, state: "all" }),
    listContacts(ctx, wanted),
  ]);
  return new Map(users.map((user) => [user.id, wireUser(flat(wire), user, contacts.get(user.id))]));
}

export async function expandTeams(
  ctx: Context,
  wire: WireContext,
  ids: Iterable<string>,
): Promise<Expansion> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return NOTHING;
  const { teams } = await listTeams(ctx, { ids: wanted });
  return new Map(teams.map((team) => [team.id, wireTeam(flat(wire), team)]));
}

export async function expandServices(
  ctx: Context,
  wire: WireContext,
  ids: Iterable<string>,
): Promise<Expansion> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return NOTHING;
  const { services } = await listServices(ctx, { ids: wanted });
  return new Map(services.map((service) => [service.id, wireService(flat(wire), service)]));
}

export async function expandPolicies(
  ctx: Context,
  wire: WireContext,
  ids: Iterable<string>,
): Promise<Expansion> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return NOTHING;
  const { policies } = await listPolicies(ctx, { ids: wanted });
  return new Map(policies.map((policy) => [policy.id, wireEscalationPolicy(flat(wire), policy)]));
}

export async function expandSchedules(
  ctx: Context,
  wire: WireContext,
  ids: Iterable<string>,
): Promise<Expansion> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return NOTHING;
  const { schedules } = await listSchedules(ctx, { ids: wanted });
  return new Map(
    schedules.map((schedule) => [
      schedule.id,
      wireSchedule(flat(wire), schedule, null, { withLayers: false }),
    ]),
  );
}
