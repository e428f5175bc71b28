import type { Database } from "#db/connect";
import type { Transaction } from "#lib/context";
import { loadLevels } from "#lib/escalation/queries/levels";
import type { LevelDto, TargetDto } from "#lib/escalation/queries/levels";
import { loadScheduleFacts, withSurroundings } from "#lib/on-call/queries/schedule-facts";
import type { ScheduleWindow } from "#lib/on-call/schedule";
import { wholeShifts } from "#lib/on-call/shift-span";
import type { ShiftSpan } from "#lib/on-call/shift-span";
import { loadPersonRefs } from "#lib/people/queries/person-refs";
import type { PersonRef } from "#lib/people/queries/person-refs";

/** One person at a level. Someone named directly is there always: `start` and `end` null; so is a shift that never ends. */
export type LevelShift = { user: PersonRef; target: TargetDto; start: Date | null; end: Date | null };

export type PolicyShifts = {
  levels: (Omit<LevelDto, "targets"> & { targets: TargetDto[]; shifts: LevelShift[] })[];
};

/**
 * Who each level of these policies would tell within the window, each with their whole shift; in a fixed number of queries, each
 * schedule resolved once however many policies use it.
 */
export async function loadPolicyShifts(
  db: Database | Transaction,
  policyIds: readonly string[],
  window: ScheduleWindow,
): Promise<Map<string, PolicyShifts>> {
  const levels = await loadLevels(db, policyIds);
  const targets = [...levels.values()].flat().flatMap((level) => level.targets);
  const scheduleIds = targets.filter(({ type }) => type === "schedule").map(({ id }) => id);
  const facts = await loadScheduleFacts(db, scheduleIds, withSurroundings(window));
  const shifts = new Map([...facts].map(([id, of]) => [id, wholeShifts(of, window)]));
  const people = await loadPersonRefs(db, [
    ...targets.filter(({ type }) => type === "user").map(({ id }) => id),
    ...[...shifts.values()].flat().map(({ userId }) => userId),
  ]);
  return new Map(
    [...levels].map(([policyId, ofPolicy]) => [
      policyId,
      {
        levels: ofPolicy.map((level) => ({
          ...level,
          shifts: level.targets.flatMap((target) => shiftsOfTarget(target, shifts, people)),
        })),
      },
    ]),
  );
}

function shiftsOfTarget(
  target: TargetDto,
  shifts: ReadonlyMap<string, ShiftSpan[]>,
  people: ReadonlyMap<string, PersonRef>,
): LevelShift[] {
  if (target.type === "user") {
    const user = people.get(target.id);
    return user && !user.isDeactivated ? [{ user, target, start: null, end: null }] : [];
  }
  return (shifts.get(target.id) ?? []).flatMap(({ userId, start, end }) => {
    const user = people.get(userId);
    return user ? [{ user, target, start, end }] : [];
  });
}
