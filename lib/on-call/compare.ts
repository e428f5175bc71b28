import type { ScheduleFacts, ScheduleWindow } from "#lib/on-call/schedule";
import type { Slot } from "#lib/on-call/slot";
import type { Gap } from "#lib/on-call/coverage";
import type { Interval } from "#lib/time/interval";
import { findGaps } from "#lib/on-call/coverage";
import { resolveSlots } from "#lib/on-call/resolve";
import { HOUR } from "#lib/time/calendar";
import { subtract, union } from "#lib/time/interval";

export type PersonShift = { userId: string; start: Date; end: Date };

export type ChangedShift = { userId: string; before: PersonShift; after: PersonShift };

export type PersonChange = {
  userId: string;
  shiftsGained: number;
  shiftsLost: number;
  shiftsMoved: number;
  /** Elapsed hours on call after, less before. */
  hoursChanged: number;
};

export type ScheduleComparison = {
  added: PersonShift[];
  removed: PersonShift[];
  /** Shifts whose bounds moved: the same person's before and after overlap. */
  changed: ChangedShift[];
  /** Everybody whose shifts change, those who change most first. */
  people: PersonChange[];
  /** Times that lose their cover. */
  newGaps: Gap[];
};

/**
 * What a draft does to people within the window. A shift here is a stretch in which one person is on call,
 * from whatever layer or override, so a change that leaves everybody's times as they were is none.
 */
export function compareSchedules(
  before: ScheduleFacts,
  after: ScheduleFacts,
  window: ScheduleWindow,
): ScheduleComparison {
  const range = { start: window.start.getTime(), end: window.end.getTime() };
  const former = stretchesByPerson(resolveSlots(before, range));
  const drafted = stretchesByPerson(resolveSlots(after, range));
  const comparison: ScheduleComparison = {
    added: [],
    removed: [],
    changed: [],
    people: [],
    newGaps: newGaps(before, after, window),
  };
  for (const userId of new Set([...former.keys(), ...drafted.keys()])) {
    comparePerson(userId, former.get(userId) ?? [], drafted.get(userId) ?? [], comparison);
  }
  comparison.people.sort((a, b) => changes(b) - changes(a) || (a.userId < b.userId ? -1 : 1));
  return comparison;
}

function comparePerson(
  userId: string,
  before: readonly Interval[],
  after: readonly Interval[],
  comparison: ScheduleComparison,
): void {
  const lost = before.filter((it) => !after.some((other) => isSame(it, other)));
  const gained = after.filter((it) => !before.some((other) => isSame(it, other)));
  const moved: ChangedShift[] = [];
  const removed: PersonShift[] = [];
  for (const shift of lost) {
    const partner = gained.findIndex((other) => other.start < shift.end && shift.start < other.end);
    const [taken] = partner === -1 ? [] : gained.splice(partner, 1);
    if (taken) moved.push({ userId, before: personShift(userId, shift), after: personShift(userId, taken) });
    else removed.push(personShift(userId, shift));
  }
  if (moved.length + removed.length + gained.length === 0) return;
  comparison.changed.push(...moved);
  comparison.removed.push(...removed);
  comparison.added.push(...gained.map((shift) => personShift(userId, shift)));
  comparison.people.push({
    userId,
    shiftsGained: gained.length,
    shiftsLost: removed.length,
    shiftsMoved: moved.length,
    hoursChanged: hours(after) - hours(before),
  });
}

function newGaps(before: ScheduleFacts, after: ScheduleFacts, window: ScheduleWindow): Gap[] {
  const known = union(
    findGaps(before, window).map((gap) => ({ start: gap.start.getTime(), end: gap.end.getTime() })),
  );
  return findGaps(after, window).flatMap((gap) =>
    subtract([{ start: gap.start.getTime(), end: gap.end.getTime() }], known).map((part) => ({
      start: new Date(part.start),
      end: new Date(part.end),
      because: gap.because,
    })),
  );
}

function stretchesByPerson(slots: readonly Slot[]): Map<string, Interval[]> {
  const byPerson = new Map<string, Interval[]>();
  for (const { userId, start, end } of slots) {
    const own = byPerson.get(userId);
    if (own) own.push({ start, end });
    else byPerson.set(userId, [{ start, end }]);
  }
  return new Map([...byPerson].map(([userId, own]) => [userId, union(own)]));
}

function isSame(a: Interval, b: Interval): boolean {
  return a.start === b.start && a.end === b.end;
}

function personShift(userId: string, { start, end }: Interval): PersonShift {
  return { userId, start: new Date(start), end: new Date(end) };
}

function hours(stretches: readonly Interval[]): number {
  return stretches.reduce((sum, it) => sum + it.end - it.start, 0) / HOUR;
}

function changes(person: PersonChange): number {
  return person.shiftsGained + person.shiftsLost + person.shiftsMoved;
}
