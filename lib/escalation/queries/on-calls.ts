import { and, asc, inArray, isNull, sql } from "drizzle-orm";
import { escalationPolicies } from "#db/schema/escalation";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { loadLevels } from "#lib/escalation/queries/levels";
import type { TargetDto } from "#lib/escalation/queries/levels";
import { renderSchedules } from "#lib/on-call/queries/rendered";
import { loadPersonRefs } from "#lib/people/queries/person-refs";

/** One person on call at one level of one policy. Whoever is named directly has no schedule and no times. */
export type OnCallDto = {
  policy: { id: string; name: string; slug: string };
  level: number;
  schedule: { id: string; name: string; slug: string | null } | null;
  user: { id: string; name: string };
  start: string | null;
  end: string | null;
};

export type OnCallFilter = {
  /** Everybody who is on call at any time in [since, until); equal ones mean that instant. */
  since: Date;
  until: Date;
  policyIds?: readonly string[];
  scheduleIds?: readonly string[];
  userIds?: readonly string[];
};

/** Who is on call for which live policy, by policy, level and time; shifts are whole, not clipped to the period. */
export async function listOnCalls(ctx: Context, filter: OnCallFilter): Promise<OnCallDto[]> {
  requirePermission(ctx.actor, "read");
  const { policyIds = [], scheduleIds = [], userIds = [] } = filter;
  const policies = await ctx.db
    .select({ id: escalationPolicies.id, name: escalationPolicies.name, slug: escalationPolicies.slug })
    .from(escalationPolicies)
    .where(
      and(
        isNull(escalationPolicies.deletedAt),
        policyIds.length > 0 ? inArray(escalationPolicies.id, [...policyIds]) : undefined,
      ),
    )
    .orderBy(asc(sql`lower(${escalationPolicies.name})`), asc(escalationPolicies.id));
  const levels = await loadLevels(
    ctx.db,
    policies.map(({ id }) => id),
  );
  const targets = [...levels.values()].flat().flatMap((level) => level.targets);
  const shiftsOf = await loadShifts(ctx, targets, filter);
  const entries = policies.flatMap((policy) =>
    (levels.get(policy.id) ?? []).flatMap(({ position: level, targets: ofLevel }) =>
      ofLevel.flatMap((target) => shiftsOf(target).map((shift) => ({ policy, level, ...shift }))),
    ),
  );
  return entries.filter(
    ({ user, schedule }) =>
      (userIds.length === 0 || userIds.includes(user.id)) &&
      (scheduleIds.length === 0 || (schedule !== null && scheduleIds.includes(schedule.id))),
  );
}

type ShiftOfTarget = Pick<OnCallDto, "schedule" | "user" | "start" | "end">;

async function loadShifts(
  ctx: Context,
  targets: readonly TargetDto[],
  { since, until }: OnCallFilter,
): Promise<(target: TargetDto) => ShiftOfTarget[]> {
  const idsOf = (type: TargetDto["type"]) => [
    ...new Set(targets.filter((target) => target.type === type && !target.isGone).map(({ id }) => id)),
  ];
  const window = { start: since, end: until > since ? until : new Date(since.getTime() + 1) };
  const [rendered, people] = await Promise.all([
    renderSchedules(ctx, { scheduleIds: idsOf("schedule"), window, overflow: true }),
    loadPersonRefs(ctx.db, idsOf("user")),
  ]);
  return (target) => {
    if (target.isGone) return [];
    if (target.type === "user") {
      const user = people.get(target.id);
      return user ? [{ schedule: null, user, start: null, end: null }] : [];
    }
    const schedule = { id: target.id, name: target.name, slug: target.slug };
    const shifts = rendered.get(target.id)?.final.shifts ?? [];
    return shifts.map(({ user, start, end }) => ({ schedule, user, start, end }));
  };
}
