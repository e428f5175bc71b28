import { and, asc, isNull } from "drizzle-orm";
import { escalationPolicies } from "#db/schema/escalation";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { isAmong } from "#lib/filters";
import { loadPolicyShifts } from "#lib/on-call/queries/policy-shifts";
import type { LevelShift } from "#lib/on-call/queries/policy-shifts";
import { windowSchema } from "#lib/on-call/schemas";
import type { WindowInput } from "#lib/on-call/schemas";
import { parseInput } from "#lib/parse-input";

/** One stretch in which a person is on call for a level of a policy; null instants: always. */
export type OnCallDto = {
  policy: { id: string; name: string; slug: string };
  level: number;
  user: { id: string; name: string };
  schedule: { id: string; name: string; slug: string } | null;
  start: string | null;
  end: string | null;
};

export type OnCallFilter = {
  /** Left out: right now. */
  window?: WindowInput;
  userIds?: readonly string[];
  policyIds?: readonly string[];
  scheduleIds?: readonly string[];
  /** Only the first stretch of each person at each level. */
  earliest?: boolean;
  limit?: number;
  offset?: number;
};

/** Who is on call for which level of which policy within the window: by policy name, level and start. */
export async function listOnCalls(
  ctx: Context,
  filter: OnCallFilter = {},
): Promise<{ onCalls: OnCallDto[]; total: number }> {
  requirePermission(ctx.actor, "read");
  const now = await readNow(ctx.db);
  const window = filter.window
    ? parseInput(windowSchema, filter.window)
    : { start: now, end: new Date(now.getTime() + 1) };
  const policies = await ctx.db
    .select({ id: escalationPolicies.id, name: escalationPolicies.name, slug: escalationPolicies.slug })
    .from(escalationPolicies)
    .where(and(isNull(escalationPolicies.deletedAt), isAmong(escalationPolicies.id, filter.policyIds)))
    .orderBy(asc(escalationPolicies.name), asc(escalationPolicies.id));
  const shifts = await loadPolicyShifts(
    ctx.db,
    policies.map(({ id }) => id),
    window,
  );
  const all = policies.flatMap((policy) =>
    (shifts.get(policy.id)?.levels ?? []).flatMap(({ position, shifts: ofLevel }) =>
      select(ofLevel, filter).map((shift) => toDto(policy, position, shift)),
    ),
  );
  const offset = filter.offset ?? 0;
  return { total: all.length, onCalls: all.slice(offset, offset + (filter.limit ?? all.length)) };
}

function select(
  shifts: readonly LevelShift[],
  { userIds, scheduleIds, earliest }: OnCallFilter,
): LevelShift[] {
  const wanted = shifts
    .filter(({ user }) => !userIds?.length || userIds.includes(user.id))
    .filter(
      ({ target }) => !scheduleIds?.length || (target.type === "schedule" && scheduleIds.includes(target.id)),
    )
    .toSorted((a, b) => (a.start?.getTime() ?? 0) - (b.start?.getTime() ?? 0));
  if (!earliest) return wanted;
  const seen = new Set<string>();
  return wanted.filter(({ user }) => !seen.has(user.id) && seen.add(user.id));
}

function toDto(
  policy: OnCallDto["policy"],
  level: number,
  { user, target, start, end }: LevelShift,
): OnCallDto {
  const { type, id, name, slug } = target;
  return {
    policy,
    level,
    user: { id: user.id, name: user.name },
    schedule: type === "schedule" ? { id, name, slug: slug ?? id } : null,
    start: start?.toISOString() ?? null,
    end: end?.toISOString() ?? null,
  };
}
