import { inArray } from "drizzle-orm";
import type { Database } from "#db/connect";
import { escalationRings } from "#db/schema/escalation";
import type { Transaction } from "#lib/context";
import { loadLevels } from "#lib/escalation/queries/levels";
import type { LevelDto, TargetDto } from "#lib/escalation/queries/levels";
import { inTurn } from "#lib/escalation/ring";
import { onCallNow } from "#lib/on-call/queries/schedule-facts";
import type { OnCallEntry } from "#lib/on-call/schedule";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import type { PersonRef } from "#lib/people/queries/person-refs";

type TargetNow = TargetDto & {
  /** Who is told through this target at the instant asked for. */
  people: PersonRef[];
};

export type LevelNowDto = Omit<LevelDto, "targets"> & {
  targets: TargetNow[];
  /** At a level that takes turns: whose turn the next incident is. */
  nextTargetId: string | null;
};

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
  const next = await loadNextTargets(db, [...levels.values()].flat(), (target) =>
    target.type === "user" ? !target.isGone : (onCall.get(target.id) ?? []).length > 0,
  );
  const people = await loadPersonRefs(db, [
    ...targets.filter(({ type }) => type === "user").map(({ id }) => id),
    ...[...onCall.values()].flat().map(({ userId }) => userId),
  ]);
  return new Map(
    [...levels].map(([policyId, ofPolicy]) => [
      policyId,
      ofPolicy.map((level) => ({
        ...level,
        nextTargetId: next.get(level.id) ?? null,
        targets: level.targets.map((target) => ({ ...target, people: peopleOf(target, onCall, people) })),
      })),
    ]),
  );
}

/** Level id → whose turn is next among those with somebody there. */
async function loadNextTargets(
  db: Database | Transaction,
  levels: readonly LevelDto[],
  isStaffed: (target: TargetDto) => boolean,
): Promise<Map<string, string>> {
  const taking = levels.filter(({ strategy }) => strategy !== "everyone");
  if (taking.length === 0) return new Map();
  const rows = await db
    .select()
    .from(escalationRings)
    .where(
      inArray(
        escalationRings.levelId,
        taking.map(({ id }) => id),
      ),
    );
  const rings = new Map(rows.map((row) => [row.levelId, row]));
  return new Map(
    taking.flatMap((level) => {
      const order = inTurn(level, rings.get(level.id));
      const next = order.find(({ id }) =>
        level.targets.some((target) => target.id === id && isStaffed(target)),
      );
      return next ? [[level.id, next.id] as const] : [];
    }),
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
