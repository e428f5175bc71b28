import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { loadDuties } from "#lib/escalation/queries/duties";
import type { Duty } from "#lib/escalation/queries/duties";
import { loadReadiness } from "#lib/people/queries/readiness";
import { getUser, listUsers } from "#lib/people/queries/users";
import type { UserDto, UserFilter } from "#lib/people/queries/users";
import { judgeReadiness } from "#lib/people/readiness";
import type { Readiness } from "#lib/people/readiness";

export type PersonDto = UserDto & {
  readiness: Readiness;
  /** What the person is on call for right now, level 1 first. */
  duties: Duty[];
};

/** People with how well they can be reached and what they are on call for now. */
export async function listPeople(
  ctx: Context,
  filter: UserFilter = {},
): Promise<{ people: PersonDto[]; total: number }> {
  const [{ users, total }, duties] = await Promise.all([
    listUsers(ctx, filter),
    readNow(ctx.db).then((now) => loadDuties(ctx.db, now)),
  ]);
  const readiness = await loadReadiness(
    ctx.db,
    users.map(({ id }) => id),
  );
  return { total, people: users.map((user) => toPerson(user, readiness, duties)) };
}

/** One person's profile. Throws `not_found`. */
export async function getPerson(ctx: Context, userId: string): Promise<PersonDto> {
  requirePermission(ctx.actor, "read");
  const [user, duties, readiness] = await Promise.all([
    getUser(ctx, userId),
    readNow(ctx.db).then((now) => loadDuties(ctx.db, now)),
    loadReadiness(ctx.db, [userId]),
  ]);
  return toPerson(user, readiness, duties);
}

function toPerson(
  user: UserDto,
  readiness: ReadonlyMap<string, Readiness>,
  duties: ReadonlyMap<string, Duty[]>,
): PersonDto {
  return {
    ...user,
    readiness: readiness.get(user.id) ?? judgeReadiness([], []),
    duties: duties.get(user.id) ?? [],
  };
}
