import type { InsertedPeople, InsertedPerson } from "#db/seed/demo/insert-people";
import type { Transaction } from "#lib/context";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { resolveSchedule } from "#lib/on-call/resolve";

/** Who a level of a policy reached at an instant (epoch milliseconds). */
export type OnCallCalendar = (
  policy: PolicySnapshot,
  level: number,
  at: number,
) => InsertedPerson | undefined;

/** Works out every shift of the past once, so that history names the people who really were on call. */
export async function loadCalendar(
  tx: Transaction,
  scheduleIds: readonly string[],
  window: { start: Date; end: Date },
  { people }: InsertedPeople,
): Promise<OnCallCalendar> {
  const facts = await loadScheduleFacts(tx, scheduleIds, window);
  const byId = new Map(people.map((person) => [person.id, person]));
  const shifts = new Map(
    [...facts].map(([id, schedule]) => [
      id,
      resolveSchedule(schedule, window).map((shift) => ({
        start: shift.start.getTime(),
        end: shift.end.getTime(),
        userId: shift.userId,
      })),
    ]),
  );
  return (policy, level, at) => {
    const target = policy.levels[level - 1]?.targets[0];
    if (target?.type === "user") return byId.get(target.id);
    const shift = shifts.get(target?.id ?? "")?.find(({ start, end }) => start <= at && at < end);
    return shift && byId.get(shift.userId);
  };
}
