import type { OnCallEntry, ScheduleFacts, ScheduleWindow, ShiftSource } from "#lib/on-call/schedule";
import type { Slot } from "#lib/on-call/slot";
import { horizonAfter } from "#lib/on-call/horizon";
import { resolveSlots } from "#lib/on-call/resolve";
import { sourceKey } from "#lib/on-call/slot";
import { WEEK } from "#lib/time/calendar";

/** A whole shift, from its own start to its own end; `end` is null if it has none. */
export type ShiftSpan = { start: Date; end: Date | null; userId: string; source: ShiftSource };

/** The whole shifts that meet the window, not clipped to it. */
export function wholeShifts(facts: ScheduleFacts, window: ScheduleWindow): ShiftSpan[] {
  const range = { start: window.start.getTime(), end: window.end.getTime() };
  return resolveSlots(facts, range).map((slot) => ({
    start: new Date(slot.start === range.start ? trueStart(facts, slot) : slot.start),
    end: slot.end === range.end ? trueEnd(facts, slot) : new Date(slot.end),
    userId: slot.userId,
    source: slot.source,
  }));
}

/** The whole shifts of those on call at an instant. */
export function currentShifts(facts: ScheduleFacts, at: Date): ShiftSpan[] {
  return wholeShifts(facts, { start: at, end: new Date(at.getTime() + 1) });
}

/** The first shift that begins after an instant, of anybody or of one person; null if there never is one. */
export function nextShift(facts: ScheduleFacts, after: Date, userId?: string): ShiftSpan | null {
  if (userId !== undefined && !isNamed(facts, userId)) return null;
  for (const { slots, from } of lookAhead(facts, after.getTime())) {
    const slot = slots.find((it) => it.start > from && (userId === undefined || it.userId === userId));
    if (slot) {
      const { start, source } = slot;
      return { start: new Date(start), end: trueEnd(facts, slot), userId: slot.userId, source };
    }
  }
  return null;
}

/** When who is on call changes next, and to whom (nobody, if a gap begins); null if it never does. */
export function nextHandOff(facts: ScheduleFacts, after: Date): { at: Date; onCall: OnCallEntry[] } | null {
  for (const { slots, from, to } of lookAhead(facts, after.getTime())) {
    const before = peopleAt(slots, from);
    const boundaries = slots.flatMap((slot) => [slot.start, slot.end]).filter((it) => it > from && it < to);
    let firstOpen = 0;
    for (const at of [...new Set(boundaries)].sort((a, b) => a - b)) {
      // Slots are sorted by start; those before the first that is still open never come back.
      while ((slots[firstOpen]?.end ?? Number.POSITIVE_INFINITY) <= at) firstOpen += 1;
      const onCall: Slot[] = [];
      for (let index = firstOpen; (slots[index]?.start ?? Number.POSITIVE_INFINITY) <= at; index += 1) {
        const slot = slots[index];
        if (slot && at < slot.end) onCall.push(slot);
      }
      if (peopleOf(onCall) !== before) {
        return { at: new Date(at), onCall: onCall.map(({ userId, source }) => ({ userId, source })) };
      }
    }
  }
  return null;
}

function isNamed(facts: ScheduleFacts, userId: string): boolean {
  return (
    facts.overrides.some((override) => override.userId === userId) ||
    facts.versions.some(({ definition }) => definition.layers.some((it) => it.turns.flat().includes(userId)))
  );
}

function peopleAt(slots: readonly Slot[], at: number): string {
  return peopleOf(slots.filter((slot) => slot.start <= at && at < slot.end));
}

function peopleOf(slots: readonly Slot[]): string {
  return JSON.stringify(slots.map((slot) => slot.userId).sort());
}

/** Ever larger stretches, each beginning with the last instant of the one before, so that nothing starts unseen. */
function* lookAhead(
  facts: ScheduleFacts,
  after: number,
): Generator<{ slots: Slot[]; from: number; to: number }> {
  const horizon = horizonAfter(facts, after);
  let from = after;
  for (let size = WEEK; from < horizon; size *= 2) {
    const to = from + size;
    yield { slots: resolveSlots(facts, { start: from, end: to }), from, to };
    from = to - 1;
  }
}

function trueEnd(facts: ScheduleFacts, slot: Slot): Date | null {
  for (const { slots, from, to } of lookAhead(facts, slot.end - 1)) {
    const continued = slots.find((it) => it.start === from && isSameShift(it, slot));
    if (!continued) return new Date(from + 1);
    if (continued.end < to) return new Date(continued.end);
  }
  return null;
}

function trueStart(facts: ScheduleFacts, slot: Slot): number {
  const begins = [
    ...facts.versions.map((it) => it.effectiveFrom.getTime()),
    ...facts.overrides.map((it) => it.startsAt.getTime()),
  ];
  const earliest = Math.min(slot.start, ...begins);
  let start = slot.start;
  for (let size = WEEK; start > earliest; size *= 2) {
    const range = { start: start - size, end: start + 1 };
    const continued = resolveSlots(facts, range).find((it) => it.end === range.end && isSameShift(it, slot));
    if (!continued) return start;
    start = continued.start;
    if (start > range.start) return start;
  }
  return start;
}

function isSameShift(a: Slot, b: Slot): boolean {
  return a.userId === b.userId && sourceKey(a.source) === sourceKey(b.source);
}
