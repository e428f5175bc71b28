import type { ShiftSource } from "#lib/on-call/schedule";
import type { Interval } from "#lib/time/interval";
import { complement, intersect, union } from "#lib/time/interval";

/** One person on call in [start, end), epoch milliseconds. The lower the rank, the more its source counts. */
export type Slot = Interval & {
  userId: string;
  source: ShiftSource;
  rank: number;
  /** Whom the layers put there; null: nobody, an override fills a gap. */
  scheduledUserId: string | null;
};

/** Leaves each person at any instant only the slot that counts most. */
export function oncePerPerson(slots: readonly Slot[]): Slot[] {
  return [...groupBy(slots, (slot) => slot.userId).values()].flatMap((own) => {
    if (!overlaps(own)) return own;
    let taken: Interval[] = [];
    const kept: Slot[] = [];
    const byRank = groupBy(own, (slot) => slot.rank);
    for (const rank of [...byRank.keys()].sort((a, b) => a - b)) {
      const pieces = joinSlots(byRank.get(rank) ?? []);
      const free = complement({ start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }, taken);
      kept.push(...intersect(pieces, free));
      taken = union([...taken, ...pieces]);
    }
    return kept;
  });
}

/** Joins what touches with the same person and source; sorted by start, then by rank. */
export function joinSlots(slots: readonly Slot[]): Slot[] {
  return [...groupBy(slots, (slot) => `${sourceKey(slot.source)} ${slot.userId}`).values()]
    .flatMap(joined)
    .sort((a, b) => a.start - b.start || a.rank - b.rank);
}

function joined(slots: readonly Slot[]): Slot[] {
  const merged: Slot[] = [];
  for (const slot of [...slots].sort(byStart)) {
    const last = merged.at(-1);
    if (last && slot.start <= last.end) last.end = Math.max(last.end, slot.end);
    else merged.push({ ...slot });
  }
  return merged;
}

function overlaps(slots: readonly Slot[]): boolean {
  const sorted = [...slots].sort(byStart);
  return sorted.some((slot, index) => slot.start < (sorted[index - 1]?.end ?? Number.NEGATIVE_INFINITY));
}

function byStart(a: Interval, b: Interval): number {
  return a.start - b.start;
}

export function sourceKey(source: ShiftSource): string {
  return source.kind === "layer" ? `layer ${source.layerId}` : `override ${source.overrideId}`;
}

function groupBy<K>(slots: readonly Slot[], key: (slot: Slot) => K): Map<K, Slot[]> {
  const groups = new Map<K, Slot[]>();
  for (const slot of slots) {
    const group = groups.get(key(slot));
    if (group) group.push(slot);
    else groups.set(key(slot), [slot]);
  }
  return groups;
}
