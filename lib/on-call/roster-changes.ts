import type { Interval } from "#lib/time/interval";
import { intersect, subtract, union } from "#lib/time/interval";

/** When each person is on call in a schedule, in epoch milliseconds. */
export type Roster = ReadonlyMap<string, readonly Interval[]>;

export type RosterChange = { userId: string; gained: Interval[]; lost: Interval[] };

/** What is different for whom between two rosters, within `range`. Hours that somebody keeps are no change, whatever they come from. */
export function rosterChanges(before: Roster, after: Roster, range: Interval): RosterChange[] {
  const within = (roster: Roster, userId: string) => intersect(union(roster.get(userId) ?? []), [range]);
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((userId) => {
    const [had, has] = [within(before, userId), within(after, userId)];
    const change = { userId, gained: without(has, had), lost: without(had, has) };
    return change.gained.length + change.lost.length === 0 ? [] : [change];
  });
}

function without(these: readonly Interval[], those: readonly Interval[]): Interval[] {
  return subtract(these, those).filter((it) => it.start < it.end);
}
