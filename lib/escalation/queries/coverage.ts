import type { Database } from "#db/connect";
import type { Transaction } from "#lib/context";
import { coverageOf } from "#lib/escalation/coverage";
import type { PolicyCoverage, TargetTimes } from "#lib/escalation/coverage";
import { loadLevels } from "#lib/escalation/queries/levels";
import type { LevelDto, TargetDto } from "#lib/escalation/queries/levels";
import { findGaps } from "#lib/on-call/coverage";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { resolveSlots } from "#lib/on-call/resolve";
import type { ScheduleFacts } from "#lib/on-call/schedule";
import { loadReadiness } from "#lib/people/queries/readiness";
import { DAY } from "#lib/time/calendar";
import { complement, union } from "#lib/time/interval";
import type { Interval } from "#lib/time/interval";

export const COVERAGE_DAYS = 30;

/** The coverage of these policies in the 30 days from `now`, in a fixed number of queries; policies without levels are left out. */
export async function loadCoverage(
  db: Database | Transaction,
  policyIds: readonly string[],
  now: Date,
): Promise<Map<string, PolicyCoverage & { positions: number[] }>> {
  const range = { start: now.getTime(), end: now.getTime() + COVERAGE_DAYS * DAY };
  const levels = await loadLevels(db, policyIds);
  const targets = [...levels.values()].flat().flatMap((level) => level.targets);
  const idsOf = (type: TargetDto["type"]) => [
    ...new Set(targets.filter((target) => target.type === type).map(({ id }) => id)),
  ];
  const facts = await loadScheduleFacts(db, idsOf("schedule"), {
    start: now,
    end: new Date(range.end),
  });
  const slots = new Map([...facts].map(([id, of]) => [id, resolveSlots(of, range)]));
  const onCall = [...slots.values()].flat().map(({ userId }) => userId);
  const readiness = await loadReadiness(db, [...idsOf("user"), ...onCall]);
  const isReachable = (userId: string) => (readiness.get(userId)?.state ?? "unreachable") !== "unreachable";
  const scheduleTimes = new Map(
    [...facts].map(([id, of]) => [
      id,
      {
        covered: coveredTimes(of, range),
        onCall: union(slots.get(id) ?? []),
        reachable: union((slots.get(id) ?? []).filter(({ userId }) => isReachable(userId))),
      },
    ]),
  );
  const timesOf = ({ type, id, isGone }: TargetDto): TargetTimes => {
    if (type === "schedule") return scheduleTimes.get(id) ?? { covered: [], onCall: [], reachable: [] };
    const always = isGone ? [] : [range];
    return { covered: always, onCall: always, reachable: isReachable(id) ? always : [] };
  };
  return new Map(
    [...levels].map(([policyId, of]) => [
      policyId,
      {
        ...coverageOf(
          of.map((level: LevelDto) => ({ ...level, targets: level.targets.map(timesOf) })),
          range,
        ),
        positions: of.map(({ position }) => position),
      },
    ]),
  );
}

/** Times without a gap: somebody is on call, or nobody is needed. */
function coveredTimes(facts: ScheduleFacts, range: Interval): Interval[] {
  const gaps = findGaps(facts, { start: new Date(range.start), end: new Date(range.end) });
  return complement(
    range,
    union(gaps.map(({ start, end }) => ({ start: start.getTime(), end: end.getTime() }))),
  );
}
