import { isAdmitted, QUEUE_LIMIT } from "#lib/events/admission";
import type { QueueRoom } from "#lib/events/admission";
import { takeBatch } from "#lib/events/batch";
import type { IntakeEntry } from "#lib/events/commands/write-inbox";
import { RecentMean } from "#lib/events/recent-mean";

/**
 * What became of an entry. `full`: it was refused before it took memory; `unavailable`: the database could not be reached in time;
 * `failed`: the database refuses it. Only `written` may be answered with success.
 */
export type IntakeOutcome = "written" | "full" | "unavailable" | "failed";

export type IntakeQueueOptions = {
  /** Commits a batch, whole or not at all; `announce`: and wakes the engines. */
  write: (entries: readonly IntakeEntry[], options: { announce: boolean }) => Promise<void>;
  /** Whether a failed write may succeed when it is tried again. */
  isTransient: (error: unknown) => boolean;
  onFailure: (error: unknown, entries: number) => void;
  onBatch?: (events: number) => void;
  /** Milliseconds that an entry waits for the database, through a restart or a failover. */
  patienceMs?: number;
  limit?: QueueRoom;
};

type Waiting = {
  entry: IntakeEntry;
  keys: readonly string[];
  room: QueueRoom;
  deadline: number;
  settle: (outcome: IntakeOutcome) => void;
};

/** Two: while one commit waits for the disk the next batch is made; more only make the batches smaller. */
const MAX_IN_FLIGHT = 2;
const PATIENCE_MS = 10_000;
const RETRY_MS = 200;
/** The average load is that of about so long: while the process is held up by something else, a few always wait. */
const LOAD_MS = 250;
/**
 * Commits that announce something exclude each other in Postgres, disk and all. So a batch leaves it to the one right behind it,
 * for no longer than this.
 */
const ANNOUNCE_EVERY_MS = 50;

/**
 * Group commit: what arrives while batches are being written is collected and makes the next batch, so the batches grow with the
 * load and an idle server adds no delay. Entries of one key are written in the order of their arrival: one whose key is in a batch
 * under way waits for that. The queue is bounded.
 */
export class IntakeQueue {
  readonly #options: IntakeQueueOptions;
  readonly #limit: QueueRoom;
  /** Events by key that wait or are being written. */
  readonly #known = new Map<string, number>();
  readonly #room: QueueRoom = { rows: 0, bytes: 0 };
  readonly #keysInFlight = new Set<string>();
  readonly #load = new RecentMean(LOAD_MS);
  #queue: Waiting[] = [];
  #inFlight = 0;
  #isScheduled = false;
  #isResting = false;
  #announcedAt = Number.NEGATIVE_INFINITY;
  #whenDrained: (() => void)[] = [];

  constructor(options: IntakeQueueOptions) {
    this.#options = options;
    this.#limit = options.limit ?? QUEUE_LIMIT;
  }

  /** Resolves once the entry is committed or given up; never rejects. */
  submit(entry: IntakeEntry): Promise<IntakeOutcome> {
    const keys = keysOf(entry);
    const room = roomOf(entry);
    const isNew = keys.some((key) => !this.#known.has(key));
    if (!isAdmitted(this.#room, room, isNew, this.#limit)) return Promise.resolve("full");
    return new Promise((resolve) => {
      this.#enter(keys, room);
      const settle = (outcome: IntakeOutcome) => {
        this.#leave(keys, room);
        resolve(outcome);
      };
      const deadline = performance.now() + (this.#options.patienceMs ?? PATIENCE_MS);
      this.#queue.push({ entry, keys, room, deadline, settle });
      this.#schedule();
    });
  }

  /** Keys whose events waited or were being written, on the average of the last moment; a key that floods waits for itself alone. */
  get load(): number {
    return this.#load.at(performance.now());
  }

  /** Resolves when nothing waits any more. */
  drained(): Promise<void> {
    if (this.#room.rows === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenDrained.push(resolve));
  }

  #enter(keys: readonly string[], room: QueueRoom): void {
    this.#room.rows += room.rows;
    this.#room.bytes += room.bytes;
    for (const key of keys) this.#known.set(key, (this.#known.get(key) ?? 0) + 1);
    this.#load.set(this.#known.size, performance.now());
  }

  #leave(keys: readonly string[], room: QueueRoom): void {
    this.#room.rows -= room.rows;
    this.#room.bytes -= room.bytes;
    for (const key of keys) {
      const left = (this.#known.get(key) ?? 1) - 1;
      if (left > 0) this.#known.set(key, left);
      else this.#known.delete(key);
    }
    this.#load.set(this.#known.size, performance.now());
    if (this.#room.rows > 0) return;
    for (const resolve of this.#whenDrained) resolve();
    this.#whenDrained = [];
  }

  /** After what else this turn of the event loop brings, so that requests that came together are written together. */
  #schedule(): void {
    if (this.#isScheduled || this.#isResting) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      while (this.#inFlight < MAX_IN_FLIGHT && !this.#isResting && this.#queue.length > 0) {
        const { batch, rest } = takeBatch(this.#queue, this.#keysInFlight);
        this.#queue = rest;
        if (batch.length === 0) return;
        void this.#writeBatch(batch);
      }
    });
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    this.#inFlight += 1;
    for (const { keys } of batch) for (const key of keys) this.#keysInFlight.add(key);
    await this.#write(batch);
    for (const { keys } of batch) for (const key of keys) this.#keysInFlight.delete(key);
    this.#inFlight -= 1;
    this.#schedule();
  }

  /** A batch that the database refuses is halved until the entry that it refuses stands alone: it never costs the others. */
  async #write(batch: readonly Waiting[]): Promise<void> {
    const { write, isTransient, onFailure, onBatch } = this.#options;
    try {
      await write(
        batch.map(({ entry }) => entry),
        { announce: this.#takeAnnouncement() },
      );
    } catch (error) {
      onFailure(error, batch.length);
      if (isTransient(error)) this.#tryAgain(batch);
      else await this.#writeHalves(batch);
      return;
    }
    onBatch?.(batch.reduce((sum, { entry }) => sum + entry.events.length, 0));
    for (const { settle } of batch) settle("written");
  }

  #takeAnnouncement(): boolean {
    const now = performance.now();
    const announce = this.#queue.length === 0 || now - this.#announcedAt > ANNOUNCE_EVERY_MS;
    if (announce) this.#announcedAt = now;
    return announce;
  }

  async #writeHalves(batch: readonly Waiting[]): Promise<void> {
    if (batch.length === 1) {
      batch[0]?.settle("failed");
      return;
    }
    const middle = Math.ceil(batch.length / 2);
    await this.#write(batch.slice(0, middle));
    await this.#write(batch.slice(middle));
  }

  /** They go back in front of those that came later; after a rest, since the database needs a moment. */
  #tryAgain(batch: readonly Waiting[]): void {
    this.#queue = [...batch, ...this.#queue];
    if (this.#isResting) return;
    this.#isResting = true;
    setTimeout(() => {
      this.#isResting = false;
      this.#giveUpLate();
      this.#schedule();
    }, RETRY_MS);
  }

  #giveUpLate(): void {
    const now = performance.now();
    const late = this.#queue.filter(({ deadline }) => deadline <= now);
    this.#queue = this.#queue.filter(({ deadline }) => deadline > now);
    for (const { settle } of late) settle("unavailable");
  }
}

function keysOf({ events }: IntakeEntry): readonly string[] {
  const keys = events.map(({ integrationId, dedupKey }) => `${integrationId} ${dedupKey}`);
  return keys.length > 1 ? [...new Set(keys)] : keys;
}

/** An entry without events (nothing but what can't be understood) takes a row as well. */
function roomOf({ events, unread, changes }: IntakeEntry): QueueRoom {
  let bytes = 0;
  for (const { json, raw } of events) bytes += json.length + (raw?.length ?? 0);
  for (const { body } of unread) bytes += body.length;
  return { rows: Math.max(1, events.length + unread.length + changes.length), bytes };
}
