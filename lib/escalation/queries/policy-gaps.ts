import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { loadCoverage } from "#lib/escalation/queries/coverage";
import type { Interval } from "#lib/time/interval";

type SpanDto = { start: string; end: string };

export type PolicyGaps = {
  /** Times within the next 30 days at which a level has nobody; levels without any are left out. */
  levels: { level: number; gaps: SpanDto[] }[];
  /** Times at which no level has anybody: incidents would go to the fallback. */
  uncovered: SpanDto[];
  /** Times at which somebody is on call, but nobody who can be reached. */
  unreachable: SpanDto[];
};

/** When the coming 30 days leave levels of these policies empty; policies that are always covered have empty lists. */
export async function listPolicyGaps(
  ctx: Context,
  policyIds: readonly string[],
): Promise<Map<string, PolicyGaps>> {
  requirePermission(ctx.actor, "read");
  const coverage = await loadCoverage(ctx.db, policyIds, await readNow(ctx.db));
  return new Map(
    [...coverage].map(([policyId, { levels, positions, uncovered, unreachable }]) => [
      policyId,
      {
        levels: levels.flatMap((gaps, index) =>
          gaps.length === 0 ? [] : [{ level: positions[index] ?? index + 1, gaps: gaps.map(toSpan) }],
        ),
        uncovered: uncovered.map(toSpan),
        unreachable: unreachable.map(toSpan),
      },
    ]),
  );
}

function toSpan({ start, end }: Interval): SpanDto {
  return { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
}
