import type { Database } from "#db/connect";
import type { Transaction } from "#lib/context";
import { loadLevels } from "#lib/escalation/queries/levels";
import type { LevelDto, TargetDto } from "#lib/escalation/queries/levels";
import { onCallNow } from "#lib/on-call/queries/schedule-facts";
import type { OnCallEntry } from "#lib/on-call/schedule";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import type { PersonRef } from "#lib/people/queries/person-refs";

type TargetNow = TargetDto & {
  /** Who is told through this target at the instant asked for. */
  people: PersonRef[];
};

export type LevelNowDto = Omit<LevelDto, "targets"> & { targets: TargetNow[] };

/** The levels of these policies with who each target is at `at`, in a fixed number of queries. */
export async function loadLevelsNow(
  db: Database | Transaction,
  policyIds: readonly string[],
  at: Date,
): Promise<Map<string, LevelNowDto[]>> {
  const levels = await loadLevels(db, policyIds);
  const targets = [...levels.values()].flat().flatMap((level) => level.targets);
  const scheduleIds = [...new Set(targets.filter(({ type }) => type === "schedule").map(({ id }) => id))];
  const onCall = await onCallNow(db, scheduleIds, at);
  const people = await loadPersonRefs(db, [
    ...targets.filter(({ type }) => type === "user").map(({ id }) => id),
    ...[...onCall.values()].flat().map(({ userId }) => userId),
  ]);
  return new Map(
    [...levels].map(([policyId, ofPolicy]) => [
      policyId,
      ofPolicy.map((level) => ({
        ...level,
        targets: level.targets.map((target) => ({ ...target, people: peopleOf(target, onCall, people) })),
      })),
    ]),
  );
}

function peopleOf(
  target: TargetDto,
  onCall: ReadonlyMap<string, readonly OnCallEntry[]>,
  people: ReadonlyMap<string, PersonRef>,
): PersonRef[] {
  if (target.type === "user") return target.isGone ? [] : [people.get(target.id) ?? []].flat();
  return (onCall.get(target.id) ?? []).flatMap(({ userId }) => people.get(userId) ?? []);
}

/** The people of one level, each once. */
export function peopleOfLevel(level: LevelNowDto): PersonRef[] {
  const people = level.targets.flatMap((target) => target.people);
  return [...new Map(people.map((person) => [person.id, person])).values()];
}
