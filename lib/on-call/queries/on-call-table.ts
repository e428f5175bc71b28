import type { Database } from "#db/connect";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { listPolicies } from "#lib/escalation/queries/policies";
import type { PolicyFilter } from "#lib/escalation/queries/policies";
import type { PolicyWarning } from "#lib/escalation/warnings";
import { loadPolicyShifts } from "#lib/on-call/queries/policy-shifts";
import type { PolicyShifts } from "#lib/on-call/queries/policy-shifts";
import type { PersonRef } from "#lib/people/queries/person-refs";
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

export type OnCallLevelDto = { level: number; delayMinutes: number; people: OnCallPersonDto[] };

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
  const shifts = await loadNow(
    ctx.db,
    policies.map(({ id }) => id),
    now,
  );
  return policies.map(({ id, name, slug, team, services: usedBy, warnings }) => ({
    policy: { id, name, slug },
    team,
    services: usedBy,
    levels: toLevels(shifts.get(id)),
    warnings,
  }));
}

/** Who is on call for one service, level by level. Throws `not_found`. */
export async function getServiceOnCall(ctx: Context, serviceIdOrSlug: string): Promise<OnCallLevelDto[]> {
  requirePermission(ctx.actor, "read");
  const [{ policy }, now] = await Promise.all([getService(ctx, serviceIdOrSlug), readNow(ctx.db)]);
  return toLevels((await loadNow(ctx.db, [policy.id], now)).get(policy.id));
}

function loadNow(db: Database, policyIds: string[], now: Date) {
  return loadPolicyShifts(db, policyIds, { start: now, end: new Date(now.getTime() + 1) });
}

function toLevels(shifts: PolicyShifts | undefined): OnCallLevelDto[] {
  return (shifts?.levels ?? []).map(({ position, delayMinutes, shifts: people }) => ({
    level: position,
    delayMinutes,
    people: people.map(({ user, target, start, end }) => ({
      user,
      schedule:
        target.type === "schedule"
          ? { id: target.id, name: target.name, slug: target.slug ?? target.id }
          : null,
      since: start?.toISOString() ?? null,
      until: end?.toISOString() ?? null,
    })),
  }));
}
