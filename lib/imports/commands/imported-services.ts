import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { escalationLevels, escalationPolicies, escalationTargets } from "#db/schema/escalation";
import { teams, users } from "#db/schema/people";
import { services } from "#db/schema/services";
import type { TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { completePolicy } from "#lib/escalation/policy";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { newId } from "#lib/ids";

export const NO_COMPONENT = "Imported incidents";
const TEAM = "Imported";

type Home = { teamId: string; policyId: string };
type FoundService = { id: string; policy: PolicySnapshot };

/**
 * The services of these names, made if there are none: owned by the team "Imported", with a policy that pages the organisation's
 * owner, so that a later event on them reaches somebody. Keys are lower case.
 */
export async function findOrMakeServices(
  scope: TransactionContext,
  names: readonly string[],
): Promise<Map<string, FoundService>> {
  const wanted = new Map(names.map((name) => [name.toLowerCase(), name]));
  const found = await selectServices(scope, [...wanted.keys()]);
  const missing = [...wanted].filter(([key]) => !found.has(key)).map(([, name]) => name);
  if (missing.length === 0) return found;
  const home = await findOrMakeHome(scope);
  await scope.tx.insert(services).values(
    missing.map((name) => {
      const id = newId(scope.now.getTime());
      return {
        id,
        slug: `${slugOf(name)}-${id.slice(-5).toLowerCase()}`,
        name,
        description: "Made by an import.",
        teamId: home.teamId,
        escalationPolicyId: home.policyId,
        urgencyRule: { type: "constant" as const, urgency: "severity_based" as const },
        createdAt: scope.now,
        updatedAt: scope.now,
      };
    }),
  );
  return selectServices(scope, [...wanted.keys()]);
}

async function selectServices(
  { tx }: TransactionContext,
  keys: string[],
): Promise<Map<string, FoundService>> {
  const rows = await tx
    .select({
      key: sql<string>`lower(${services.name})`,
      id: services.id,
      policyId: escalationPolicies.id,
      policyName: escalationPolicies.name,
      teamId: escalationPolicies.teamId,
    })
    .from(services)
    .innerJoin(escalationPolicies, eq(escalationPolicies.id, services.escalationPolicyId))
    .where(and(isNull(services.deletedAt), inArray(sql`lower(${services.name})`, keys)));
  return new Map(
    rows.map(({ key, id, policyId, policyName, teamId }) => [
      key,
      // History pages nobody: its snapshot has no levels.
      {
        id,
        policy: completePolicy({
          policyId,
          name: policyName,
          numLoops: 0,
          teamId,
          fallbackUserId: null,
          levels: [],
        }),
      },
    ]),
  );
}

async function findOrMakeHome(scope: TransactionContext): Promise<Home> {
  const { tx, now } = scope;
  const [team] = await tx
    .select({ id: teams.id })
    .from(teams)
    .where(eq(sql`lower(${teams.name})`, TEAM.toLowerCase()));
  const [policy] = await tx
    .select({ id: escalationPolicies.id })
    .from(escalationPolicies)
    .where(
      and(
        eq(sql`lower(${escalationPolicies.name})`, NO_COMPONENT.toLowerCase()),
        isNull(escalationPolicies.deletedAt),
      ),
    );
  const teamId = team?.id ?? newId(now.getTime());
  const made = { createdAt: now, updatedAt: now };
  if (!team) {
    const slug = `imported-${teamId.slice(-5).toLowerCase()}`;
    await tx
      .insert(teams)
      .values({ id: teamId, name: TEAM, slug, description: "Owns what imports brought.", ...made });
  }
  return { teamId, policyId: policy?.id ?? (await makePolicy(scope, teamId)) };
}

async function makePolicy({ tx, now }: TransactionContext, teamId: string): Promise<string> {
  const [owner] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "owner"), isNull(users.deactivatedAt)))
    .orderBy(asc(users.createdAt))
    .limit(1);
  if (!owner) throw new AppError("conflict", "There is no owner yet: set the organisation up first.");
  const [id, levelId] = [newId(now.getTime()), newId(now.getTime())];
  await tx.insert(escalationPolicies).values({
    id,
    slug: `imported-incidents-${id.slice(-5).toLowerCase()}`,
    name: NO_COMPONENT,
    teamId,
    fallbackUserId: owner.id,
    createdAt: now,
    updatedAt: now,
  });
  await tx.insert(escalationLevels).values({ id: levelId, policyId: id, position: 1, delayMinutes: 30 });
  await tx
    .insert(escalationTargets)
    .values({ id: newId(now.getTime()), levelId, position: 1, type: "user", userId: owner.id });
  return id;
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return slug === "" ? "service" : slug.slice(0, 60);
}
