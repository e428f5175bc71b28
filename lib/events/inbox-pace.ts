/** How the inbox is worked on: events a turn, and how long it rests after one. */
export type Pace = {
  smallestBatch: number;
  /** A turn should take about so long: the first word of a quiet key waits for two of them at most. */
  turnMs: number;
  /** So many times the length of the turn. */
  rest: number;
};

/** A turn costs some fifty statements however few events it has, so smaller batches only fall behind. */
const FREE: Pace = { smallestBatch: 250, turnMs: 300, rest: 0 };
/**
 * While more events wait at the door of this process than it can store: accepting comes before processing, since what is not accepted may
 * be lost, and what is processed late is only late.
 */
const FULL: Pace = { smallestBatch: 40, turnMs: 100, rest: 9 };
const LONGEST_REST_MS = 1_000;
const LARGEST_BATCH = 1_000;
/** The first batch after a calm: whether the door gets full shows in the moment that it takes. */
export const FIRST_BATCH = 100;

/** `pressure`: from 0, nothing waits at the door, to 1, it is full. */
export function paceAt(pressure: number): Pace {
  const between = (free: number, full: number) => free + (full - free) * pressure;
  return {
    smallestBatch: Math.round(between(FREE.smallestBatch, FULL.smallestBatch)),
    turnMs: between(FREE.turnMs, FULL.turnMs),
    rest: between(FREE.rest, FULL.rest),
  };
}

/** What a turn of at most `limit` events did: how many it met, whether some were left, and how long it took. */
type Turn = { limit: number; worked: number; more: boolean; tookMs: number };

/** Repetitions cost little and new incidents much: the next batch follows what the last full one took. */
export function nextBatch({ limit, worked, more, tookMs }: Turn, { smallestBatch, turnMs }: Pace): number {
  if (!more) return Math.max(FIRST_BATCH, Math.min(limit, worked * 2));
  const fitting = Math.round(limit * (turnMs / Math.max(tookMs, 1)));
  return Math.min(Math.max(Math.min(fitting, limit * 2), smallestBatch), LARGEST_BATCH);
}

/** Milliseconds to rest after a turn that took so long. */
export function restAfter(tookMs: number, { rest }: Pace): number {
  return Math.min(tookMs * rest, LONGEST_REST_MS);
}
