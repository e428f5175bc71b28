import type { QueueRoom } from "#lib/events/admission";

const MAX_BATCH: QueueRoom = { rows: 1000, bytes: 8 * 1024 * 1024 };

/**
 * The next batch of a queue: from its front as much as fits one transaction, passing over what shares a key with something that is
 * being written or that was itself passed over. So the entries of a key never overtake each other. One entry is always a batch.
 */
export function takeBatch<Entry extends { keys: readonly string[]; room: QueueRoom }>(
  queue: readonly Entry[],
  keysInFlight: ReadonlySet<string>,
  max: QueueRoom = MAX_BATCH,
): { batch: Entry[]; rest: Entry[] } {
  const batch: Entry[] = [];
  const passed: Entry[] = [];
  const passedKeys = new Set<string>();
  let rows = 0;
  let bytes = 0;
  let next = 0;
  for (const entry of queue) {
    if (batch.length > 0 && (rows + entry.room.rows > max.rows || bytes + entry.room.bytes > max.bytes))
      break;
    next += 1;
    if (entry.keys.some((key) => keysInFlight.has(key) || passedKeys.has(key))) {
      passed.push(entry);
      for (const key of entry.keys) passedKeys.add(key);
      continue;
    }
    batch.push(entry);
    rows += entry.room.rows;
    bytes += entry.room.bytes;
  }
  return { batch, rest: passed.length === 0 ? queue.slice(next) : [...passed, ...queue.slice(next)] };
}
