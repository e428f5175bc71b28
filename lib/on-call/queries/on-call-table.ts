import type { Database } from "#db/connect";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { listPolicies } from "#lib/escalation/queries/policies";
import type { PolicyFilter } from "#lib/escalation/queries/policies";
import type { PolicyWarning } from "#lib/escalation/warnings";
import { loadPolicyShifts } from "#lib/on-call/queries/policy-shifts";
import type { PolicyShifts } from "#lib/on-call/queries/policy-shifts";
import type { PersonRef } from "#lib/people/queries/person-refs";
import { loadScheduleFacts, withSurroundings } from "#lib/on-call/queries/schedule-facts";
import { nextShift } from "#lib/on-call/shift-span";
import { getService } from "#lib/services/queries/services";

/** One person on call now. */
export type OnCallPersonDto = {
  user: PersonRef;
  /** Null: named in the policy. */
  schedule: { id: string; name: string; slug: string } | null;
  since: string | null;
  /** Null: without end. */
  until: string | null;
};

export type OnCallLevelDto = {
  level: number;
  delayMinutes: number;
  people: OnCallPersonDto[];
  /** Schedules that the level names. */
  schedules: { id: string; name: string; slug: string }[];
  /** Nobody is on call now: when somebody is again; null: somebody is, or never. */
  backAt: string | null;
};

export type OnCallRow = {
  policy: { id: string; name: string; slug: string };
  team: { id: string; name: string; slug: string } | null;
  services: { id: string; name: string; slug: string }[];
  levels: OnCallLevelDto[];
  warnings: PolicyWarning[];
};

/** Who to call about what, right now: every live policy with its levels, by name. */
export async function listOnCallNow(ctx: Context, filter: PolicyFilter = {}): Promise<OnCallRow[]> {
  const [{ policies }, now] = await Promise.all([listPolicies(ctx, filter), readNow(ctx.db)]);
  const levels = await loadNow(
    ctx.db,
    policies.map(({ id }) => id),
    now,
  );
  return policies.map(({ id, name, slug, team, services: usedBy, warnings }) => ({
    policy: { id, name, slug },
    team,
    services: usedBy,
    levels: levels.get(id) ?? [],
    warnings,
  }));
}

/** Who is on call for one service, level by level. Throws `not_found`. */
export async function getServiceOnCall(ctx: Context, serviceIdOrSlug: string): Promise<OnCallLevelDto[]> {
  requirePermission(ctx.actor, "read");
  const [{ policy }, now] = await Promise.all([getService(ctx, serviceIdOrSlug), readNow(ctx.db)]);
  return (await loadNow(ctx.db, [policy.id], now)).get(policy.id) ?? [];
}

async function loadNow(db: Database, policyIds: string[], now: Date): Promise<Map<string, OnCallLevelDto[]>> {
  const shifts = await loadPolicyShifts(db, policyIds, { start: now, end: new Date(now.getTime() + 1) });
  const empty = [...shifts.values()].flatMap(({ levels }) =>
    levels.filter((level) => level.shifts.length === 0),
  );
  const backAt = await loadNextStarts(db, empty.flatMap(scheduleIdsOf), now);
  return new Map([...shifts].map(([id, { levels }]) => [id, levels.map((level) => toLevel(level, backAt))]));
}

/** When the next shift of each of these schedules begins, in epoch milliseconds. */
async function loadNextStarts(db: Database, scheduleIds: string[], now: Date): Promise<Map<string, number>> {
  const facts = await loadScheduleFacts(db, scheduleIds, withSurroundings({ start: now, end: now }));
  return new Map(
    [...facts].flatMap(([id, of]) => {
      const next = nextShift(of, now);
      return next ? [[id, next.start.getTime()] as const] : [];
    }),
  );
}

type LevelShifts = PolicyShifts["levels"][number];

function scheduleIdsOf({ targets }: LevelShifts): string[] {
  return targets.filter(({ type, isGone }) => type === "schedule" && !isGone).map(({ id }) => id);
}

function toLevel(level: LevelShifts, nextStarts: ReadonlyMap<string, number>): OnCallLevelDto {
  const schedules = level.targets
    .filter(({ type, isGone }) => type === "schedule" && !isGone)
    .map(({ id, name, slug }) => ({ id, name, slug: slug ?? id }));
  const starts = level.shifts.length > 0 ? [] : schedules.flatMap(({ id }) => nextStarts.get(id) ?? []);
  return {
    level: level.position,
    delayMinutes: level.delayMinutes,
    people: level.shifts.map(({ user, target, start, end }) => ({
      user,
      schedule: schedules.find(({ id }) => id === target.id) ?? null,
      since: start?.toISOString() ?? null,
      until: end?.toISOString() ?? null,
    })),
    schedules,
    backAt: starts.length === 0 ? null : new Date(Math.min(...starts)).toISOString(),
  };
}
