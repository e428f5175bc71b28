import { resolveSlots } from "#lib/on-call/resolve";
import type { ScheduleFacts } from "#lib/on-call/schedule";
import type { Interval } from "#lib/time/interval";
import { union } from "#lib/time/interval";

/** An instant, in epoch milliseconds, at which somebody goes on or off call in a schedule; several at once are one. */
export type HandOff = { at: number; incoming: string[]; outgoing: string[] };

/**
 * The hand-offs in [start, end), by time. A person whose shift is followed by another of theirs, by whatever source, is handed nothing.
 */
export function handOffs(facts: ScheduleFacts, { start, end }: Interval): HandOff[] {
  // A millisecond more on both sides, where a shift shows whether it goes on.
  const slots = resolveSlots(facts, { start: start - 1, end: end + 1 });
  const found = new Map<number, HandOff>();
  const at = (instant: number): HandOff => {
    const handOff = found.get(instant) ?? { at: instant, incoming: [], outgoing: [] };
    found.set(instant, handOff);
    return handOff;
  };
  for (const [userId, own] of Map.groupBy(slots, (slot) => slot.userId)) {
    for (const shift of union(own)) {
      if (shift.start >= start && shift.start < end) at(shift.start).incoming.push(userId);
      if (shift.end >= start && shift.end < end) at(shift.end).outgoing.push(userId);
    }
  }
  return [...found.values()].sort((a, b) => a.at - b.at);
}
