import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { loadLevels } from "#lib/escalation/queries/levels";
import type { LevelDto } from "#lib/escalation/queries/levels";
import { findGaps } from "#lib/on-call/coverage";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { DAY } from "#lib/time/calendar";
import { intersect } from "#lib/time/interval";
import type { Interval } from "#lib/time/interval";

const DAYS = 30;

type SpanDto = { start: string; end: string };

export type PolicyGaps = {
  /** Times within the next 30 days at which a level has nobody; levels without any are left out. */
  levels: { level: number; gaps: SpanDto[] }[];
  /** Times at which no level has anybody: incidents would go to the fallback. */
  uncovered: SpanDto[];
};

/** When the coming 30 days leave levels of these policies empty; policies that are always covered have empty lists. */
export async function listPolicyGaps(
  ctx: Context,
  policyIds: readonly string[],
): Promise<Map<string, PolicyGaps>> {
  requirePermission(ctx.actor, "read");
  const [now, levels] = await Promise.all([readNow(ctx.db), loadLevels(ctx.db, policyIds)]);
  const window = { start: now, end: new Date(now.getTime() + DAYS * DAY) };
  const targets = [...levels.values()].flat().flatMap((level) => level.targets);
  const scheduleIds = targets.filter(({ type }) => type === "schedule").map(({ id }) => id);
  const facts = await loadScheduleFacts(ctx.db, scheduleIds, window);
  const gapsOf = new Map([...facts].map(([id, of]) => [id, findGaps(of, window).map(toInterval)]));
  const whole = { start: window.start.getTime(), end: window.end.getTime() };
  return new Map(
    [...levels].map(([policyId, ofPolicy]) => {
      const empty = ofPolicy.map((level) => ({
        level: level.position,
        gaps: gapsOfLevel(level, gapsOf, whole),
      }));
      const uncovered = empty.reduce<Interval[]>((left, { gaps }) => intersect(left, gaps), [whole]);
      const found = empty.filter(({ gaps }) => gaps.length > 0);
      return [
        policyId,
        {
          levels: found.map(({ level, gaps }) => ({ level, gaps: gaps.map(toSpan) })),
          uncovered: uncovered.map(toSpan),
        },
      ];
    }),
  );
}

/** A level has nobody while none of its targets is anybody. */
function gapsOfLevel(level: LevelDto, gapsOf: ReadonlyMap<string, Interval[]>, whole: Interval): Interval[] {
  return level.targets.reduce<Interval[]>(
    (left, { type, id, isGone }) => {
      if (type === "user") return isGone ? left : [];
      return intersect(left, gapsOf.get(id) ?? []);
    },
    [whole],
  );
}

function toInterval({ start, end }: { start: Date; end: Date }): Interval {
  return { start: start.getTime(), end: end.getTime() };
}

function toSpan({ start, end }: Interval): SpanDto {
  return { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
}
