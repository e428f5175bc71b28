import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { settings } from "#db/schema/organisation";
import { teamMembers, users } from "#db/schema/people";
import { escalationRings } from "#db/schema/escalation";
import { priorities } from "#db/schema/incidents";
import type { Transaction, TransactionContext } from "#lib/context";
import type { OnCallFacts } from "#lib/escalation/choose-people";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { snapshotPolicies } from "#lib/escalation/queries/snapshot-policies";
import type { Ring } from "#lib/escalation/ring";
import type { OnCallEntry } from "#lib/on-call/schedule";
import { onCallNow } from "#lib/on-call/queries/schedule-facts";
import { isPageable } from "#lib/people/queries/pageable";

/**
 * As loadOnCallFacts, for decisions that are written down: the rings of levels that take turns are locked until the transaction ends,
 * so that incidents that open at the same moment get different people. Incidents are locked before.
 */
export async function lockOnCallFacts(
  { tx, now }: TransactionContext,
  policies: readonly PolicySnapshot[],
): Promise<OnCallFacts> {
  const successors = await loadSuccessors(tx, policies);
  const rings = await lockRings(tx, [...policies, ...successors.values()]);
  return load(tx, policies, { at: now, successors, rings });
}

/** Who is on call at `at` for everything these policies point at, in a fixed number of queries. */
export async function loadOnCallFacts(
  tx: Transaction | Database,
  policies: readonly PolicySnapshot[],
  at: Date,
): Promise<OnCallFacts> {
  const successors = await loadSuccessors(tx, policies);
  const rings = await readRings(tx, [...policies, ...successors.values()]);
  return load(tx, policies, { at, successors, rings });
}

type Read = { at: Date; successors: Map<string, PolicySnapshot>; rings: Map<string, Ring> };

async function load(
  tx: Transaction | Database,
  own: readonly PolicySnapshot[],
  { at, successors, rings }: Read,
): Promise<OnCallFacts> {
  const policies = [...own, ...successors.values()];
  const targets = policies.flatMap((policy) => policy.levels.flatMap((level) => level.targets));
  const scheduleIds = [...new Set(targets.filter(({ type }) => type === "schedule").map(({ id }) => id))];
  const teamIds = [...new Set(policies.flatMap((policy) => (policy.teamId ? [policy.teamId] : [])))];
  const [onCall, people, managers, catchAll, priorityRanks] = await Promise.all([
    onCallNow(tx, scheduleIds, at),
    tx.select({ id: users.id, name: users.name }).from(users).where(isPageable()),
    loadManagers(tx, teamIds),
    loadCatchAll(tx),
    loadRanks(tx, policies),
  ]);
  const names = new Map(targets.map((target) => [target.id, target.name]));
  return {
    at,
    rings,
    policies: successors,
    priorityRanks,
    schedules: new Map(
      [...onCall].map(([scheduleId, entries]) => [
        scheduleId,
        entries.map((entry) => explainEntry(entry, names.get(scheduleId) ?? "a schedule")),
      ]),
    ),
    people: new Map(people.map(({ id, name }) => [id, { name }])),
    teamManagers: managers,
    catchAll,
  };
}

/** The policies that these hand over to at their end, as they are today; deleted ones are left out. */
async function loadSuccessors(
  tx: Transaction | Database,
  policies: readonly PolicySnapshot[],
): Promise<Map<string, PolicySnapshot>> {
  const ids = policies.flatMap(({ nobodyAnswered: { policy } }) => (policy ? [policy.id] : []));
  return ids.length === 0 ? new Map() : snapshotPolicies(tx, new Set(ids), { live: true });
}

/** Levels that take turns, by id, with the policy they belong to. */
function ringsOf(policies: readonly PolicySnapshot[]): Map<string, string> {
  return new Map(
    policies.flatMap(({ policyId, levels }) =>
      levels.flatMap(({ id, strategy }) => (id !== null && strategy !== "everyone" ? [[id, policyId]] : [])),
    ),
  );
}

async function readRings(tx: Transaction | Database, policies: readonly PolicySnapshot[]) {
  const ids = [...ringsOf(policies).keys()];
  if (ids.length === 0) return new Map<string, Ring>();
  const rows = await tx.select().from(escalationRings).where(inArray(escalationRings.levelId, ids));
  return new Map<string, Ring>(rows.map((row) => [row.levelId, row]));
}

/** In the order of their ids, like incidents, so that two transactions can't wait for each other. */
async function lockRings(tx: Transaction, policies: readonly PolicySnapshot[]) {
  const rings = [...ringsOf(policies)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (rings.length === 0) return new Map<string, Ring>();
  await tx
    .insert(escalationRings)
    .values(rings.map(([levelId, policyId]) => ({ levelId, policyId })))
    .onConflictDoNothing();
  const rows = await tx
    .select()
    .from(escalationRings)
    .where(
      inArray(
        escalationRings.levelId,
        rings.map(([levelId]) => levelId),
      ),
    )
    .orderBy(asc(escalationRings.levelId))
    .for("update");
  return new Map<string, Ring>(rows.map((row) => [row.levelId, row]));
}

async function loadRanks(tx: Transaction | Database, policies: readonly PolicySnapshot[]) {
  if (policies.every(({ nobodyAnswered }) => nobodyAnswered.priority === null))
    return new Map<string, number>();
  const rows = await tx.select({ id: priorities.id, rank: priorities.rank }).from(priorities);
  return new Map(rows.map(({ id, rank }) => [id, rank]));
}

/** Who is on call, with the sentence that says why. */
export function explainEntry({ userId, source }: OnCallEntry, scheduleName: string) {
  const by = source.kind === "layer" ? `layer ${source.layerName}` : "override";
  return { userId, because: `On call in ${scheduleName} (${by})` };
}

async function loadManagers(tx: Transaction | Database, teamIds: string[]): Promise<Map<string, string[]>> {
  if (teamIds.length === 0) return new Map();
  const rows = await tx
    .select({ teamId: teamMembers.teamId, userId: teamMembers.userId })
    .from(teamMembers)
    .where(and(inArray(teamMembers.teamId, teamIds), eq(teamMembers.role, "manager")))
    .orderBy(asc(teamMembers.userId));
  const managers = new Map<string, string[]>();
  for (const { teamId, userId } of rows) managers.set(teamId, [...(managers.get(teamId) ?? []), userId]);
  return managers;
}

/** The person named in the settings, else every owner: also once the person named may not be paged any more. */
async function loadCatchAll(tx: Transaction | Database): Promise<string[]> {
  const [named, owners] = await Promise.all([
    tx
      .select({ id: users.id })
      .from(settings)
      .innerJoin(users, sql`to_jsonb(${users.id}) = ${settings.value}`)
      .where(and(eq(settings.key, "catch_all_user_id"), isPageable())),
    tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.role, "owner"), isPageable()))
      .orderBy(asc(users.createdAt)),
  ]);
  return (named.length > 0 ? named : owners).map(({ id }) => id);
}
