import { asc, eq, inArray } from "drizzle-orm";
import type { Database } from "#db/connect";
import { escalationLevels, escalationPolicies, escalationTargets } from "#db/schema/escalation";
import { users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import type { Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import type { Level, PolicySnapshot } from "#lib/escalation/policy";

/** The policies as an incident keeps them, deleted ones included, in two queries. Unknown ids are left out. */
export async function snapshotPolicies(
  tx: Transaction | Database,
  policyIds: readonly string[],
): Promise<Map<string, PolicySnapshot>> {
  const ids = [...policyIds];
  const [policies, rows] = await Promise.all([
    tx.select().from(escalationPolicies).where(inArray(escalationPolicies.id, ids)),
    tx
      .select({
        policyId: escalationLevels.policyId,
        level: escalationLevels.position,
        delayMinutes: escalationLevels.delayMinutes,
        type: escalationTargets.type,
        userId: escalationTargets.userId,
        scheduleId: escalationTargets.scheduleId,
        userName: users.name,
        scheduleName: schedules.name,
      })
      .from(escalationLevels)
      .leftJoin(escalationTargets, eq(escalationTargets.levelId, escalationLevels.id))
      .leftJoin(users, eq(users.id, escalationTargets.userId))
      .leftJoin(schedules, eq(schedules.id, escalationTargets.scheduleId))
      .where(inArray(escalationLevels.policyId, ids))
      .orderBy(asc(escalationLevels.position), asc(escalationTargets.position)),
  ]);
  return new Map(
    policies.map((policy) => {
      const levels = readLevels(rows.filter((row) => row.policyId === policy.id));
      const { id: policyId, name, numLoops, teamId, fallbackUserId } = policy;
      return [policyId, { policyId, name, numLoops, teamId, fallbackUserId, levels }];
    }),
  );
}

/** One policy as an incident keeps it. Throws `not_found`. */
export async function snapshotPolicy(tx: Transaction | Database, policyId: string): Promise<PolicySnapshot> {
  const snapshot = (await snapshotPolicies(tx, [policyId])).get(policyId);
  if (!snapshot) throw new AppError("not_found", "There is no such escalation policy.", { wireCode: 1014 });
  return snapshot;
}

type LevelRow = {
  level: number;
  delayMinutes: number;
  type: "user" | "schedule" | null;
  userId: string | null;
  scheduleId: string | null;
  userName: string | null;
  scheduleName: string | null;
};

function readLevels(rows: readonly LevelRow[]): Level[] {
  const levels = new Map<number, { delayMinutes: number; targets: Level["targets"][number][] }>();
  for (const row of rows) {
    const level = levels.get(row.level) ?? { delayMinutes: row.delayMinutes, targets: [] };
    levels.set(row.level, level);
    const id = row.userId ?? row.scheduleId;
    if (row.type && id)
      level.targets.push({ type: row.type, id, name: row.userName ?? row.scheduleName ?? id });
  }
  return [...levels.values()];
}
