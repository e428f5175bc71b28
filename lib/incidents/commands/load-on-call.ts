import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { settings } from "#db/schema/organisation";
import { teamMembers, users } from "#db/schema/people";
import type { Transaction } from "#lib/context";
import type { OnCallFacts } from "#lib/escalation/plan";
import type { PolicySnapshot } from "#lib/escalation/policy";
import type { OnCallEntry } from "#lib/on-call/schedule";
import { onCallNow } from "#lib/on-call/queries/schedule-facts";
import { isPageable } from "#lib/people/queries/pageable";

/** Who is on call at `at` for everything these policies point at, in a fixed number of queries. */
export async function loadOnCallFacts(
  tx: Transaction | Database,
  policies: readonly PolicySnapshot[],
  at: Date,
): Promise<OnCallFacts> {
  const targets = policies.flatMap((policy) => policy.levels.flatMap((level) => level.targets));
  const scheduleIds = [...new Set(targets.filter(({ type }) => type === "schedule").map(({ id }) => id))];
  const teamIds = [...new Set(policies.flatMap((policy) => (policy.teamId ? [policy.teamId] : [])))];
  const [onCall, people, managers, catchAll] = await Promise.all([
    onCallNow(tx, scheduleIds, at),
    tx.select({ id: users.id, name: users.name }).from(users).where(isPageable()),
    loadManagers(tx, teamIds),
    loadCatchAll(tx),
  ]);
  const names = new Map(targets.map((target) => [target.id, target.name]));
  return {
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
