/** Room in the queue of events that wait to be written. */
export interface QueueRoom {
  rows: number;
  bytes: number;
}

export const QUEUE_LIMIT: QueueRoom = { rows: 20_000, bytes: 64 * 1024 * 1024 };
/** The share of the queue that repetitions of what waits already may fill; the rest is kept for news. */
const SHARE_OF_REPETITIONS = 0.75;

/**
 * Whether an entry may join the queue. Once the queue is three quarters full only entries that bring something new (a key that
 * none of the waiting events has) are taken: under overload a new problem is worth more than the tenth word on a known one.
 */
export function isAdmitted(
  waiting: QueueRoom,
  entry: QueueRoom,
  isNew: boolean,
  limit: QueueRoom = QUEUE_LIMIT,
): boolean {
  const share = isNew ? 1 : SHARE_OF_REPETITIONS;
  return (
    waiting.rows + entry.rows <= limit.rows * share && waiting.bytes + entry.bytes <= limit.bytes * share
  );
}
