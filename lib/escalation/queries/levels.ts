import { asc, eq, inArray } from "drizzle-orm";
import type { Database } from "#db/connect";
import { escalationLevels, escalationTargets } from "#db/schema/escalation";
import { users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import type { Transaction } from "#lib/context";
import type { Level, TargetType } from "#lib/escalation/policy";
import { mayBePaged } from "#lib/people/permissions";
import type { Role } from "#lib/people/roles";

export type TargetDto = {
  type: TargetType;
  id: string;
  name: string;
  /** A schedule's name in addresses. */
  slug: string | null;
  /** A person who may not be paged (any more) or a deleted schedule: nobody is told through it. */
  isGone: boolean;
};

export type LevelDto = Omit<Level, "id" | "targets"> & { id: string; position: number; targets: TargetDto[] };

/** The levels of these policies in order, with their targets; one query. */
export async function loadLevels(
  db: Database | Transaction,
  policyIds: readonly string[],
): Promise<Map<string, LevelDto[]>> {
  if (policyIds.length === 0) return new Map();
  const rows = await db
    .select({
      policyId: escalationLevels.policyId,
      id: escalationLevels.id,
      position: escalationLevels.position,
      delayMinutes: escalationLevels.delayMinutes,
      strategy: escalationLevels.strategy,
      cycleMinutes: escalationLevels.cycleMinutes,
      notifyOnly: escalationLevels.notifyOnly,
      condition: escalationLevels.condition,
      type: escalationTargets.type,
      user: { id: users.id, name: users.name, role: users.role, deactivatedAt: users.deactivatedAt },
      schedule: {
        id: schedules.id,
        name: schedules.name,
        slug: schedules.slug,
        deletedAt: schedules.deletedAt,
      },
    })
    .from(escalationLevels)
    .leftJoin(escalationTargets, eq(escalationTargets.levelId, escalationLevels.id))
    .leftJoin(users, eq(users.id, escalationTargets.userId))
    .leftJoin(schedules, eq(schedules.id, escalationTargets.scheduleId))
    .where(inArray(escalationLevels.policyId, [...policyIds]))
    .orderBy(asc(escalationLevels.policyId), asc(escalationLevels.position), asc(escalationTargets.position));
  const levels = new Map<string, LevelDto[]>();
  for (const { policyId, user, schedule, type: _type, ...values } of rows) {
    const ofPolicy = levels.get(policyId) ?? [];
    levels.set(policyId, ofPolicy);
    let level = ofPolicy.at(-1);
    if (level?.id !== values.id) {
      level = { ...values, targets: [] };
      ofPolicy.push(level);
    }
    const target = toTarget(user, schedule);
    if (target) level.targets.push(target);
  }
  return levels;
}

type UserRow = { id: string; name: string; role: Role; deactivatedAt: Date | null } | null;
type ScheduleRow = { id: string; name: string; slug: string; deletedAt: Date | null } | null;

function toTarget(user: UserRow, schedule: ScheduleRow): TargetDto | null {
  if (user) return { type: "user", id: user.id, name: user.name, slug: null, isGone: !mayBePaged(user) };
  if (!schedule) return null;
  const { id, name, slug, deletedAt } = schedule;
  return { type: "schedule", id, name, slug, isGone: deletedAt !== null };
}
