export type LateChanges = {
  /** Ids that were passed over and may still come. */
  ids(): number[];
  /** A change was read; answers false for one that was told before. */
  take(id: number): boolean;
  /** The newest id that was read. */
  newest(): number;
};

/** How long a transaction may take from its first change to its commit and still be heard of. */
const PATIENCE_MS = 120_000;
/** Ids of what was rolled back never come; they must not fill the memory. */
const MOST_WAITED_FOR = 5_000;

/**
 * Ids are given out when a change is written and seen when it is committed, so a smaller one can come after a greater. This keeps
 * the ids that were passed over, to be asked for again until they have come or two minutes have gone by.
 */
export function newLateChanges(start: number, now: () => number): LateChanges {
  const awaited = new Map<number, number>();
  let newest = start;
  return {
    newest: () => newest,
    ids() {
      const gone = now() - PATIENCE_MS;
      for (const [id, since] of awaited) if (since < gone) awaited.delete(id);
      return [...awaited.keys()];
    },
    take(id) {
      if (id <= newest) return awaited.delete(id);
      const first = Math.max(newest + 1, id - MOST_WAITED_FOR);
      for (let missing = first; missing < id; missing += 1) awaited.set(missing, now());
      for (const oldest of awaited.keys()) {
        if (awaited.size <= MOST_WAITED_FOR) break;
        awaited.delete(oldest);
      }
      newest = id;
      return true;
    },
  };
}
