import type { IntakeOutcome } from "#lib/events/commands/intake-queue";
import type { InboxRow } from "#lib/events/commands/write-inbox";

export type CoalescerOptions = {
  /** Stores a row; resolves once it is committed or given up. */
  submit: (row: InboxRow) => Promise<IntakeOutcome>;
  everyMs?: number;
  /** Different things that may wait at once. */
  maxKeys?: number;
  /** Senders that may wait at once. */
  maxWaiting?: number;
};

type Held = { row: InboxRow; occurrences: number; settle: ((outcome: IntakeOutcome) => void)[] };

const EVERY_MS = 1_000;
const MAX_KEYS = 5_000;
const MAX_WAITING = 20_000;

/**
 * For what keys send beyond their limit: events of one key and action that come within a second are stored as one row that counts
 * them, with the newest's details. Nobody is answered before that row is committed, so a sender that has run wild waits for each
 * answer and thereby slows down, and costs everybody else one row a second. What one key says keeps its order.
 */
export class Coalescer {
  readonly #options: CoalescerOptions;
  readonly #held = new Map<string, Held>();
  #waiting = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: CoalescerOptions) {
    this.#options = options;
  }

  /** Resolves like the row's own submission; `full`: too much waits already, nothing was kept. */
  hold(row: InboxRow): Promise<IntakeOutcome> {
    const key = keyOf(row);
    const { maxKeys = MAX_KEYS, maxWaiting = MAX_WAITING, everyMs = EVERY_MS } = this.#options;
    const before = this.#held.get(key);
    if (this.#waiting >= maxWaiting) return Promise.resolve("full");
    if (before && before.row.action !== row.action) this.#store(key, before);
    const held = this.#held.get(key);
    if (!held && this.#held.size >= maxKeys) return Promise.resolve("full");
    this.#waiting += 1;
    this.#timer ??= setTimeout(() => this.flush(), everyMs);
    return new Promise((settle) => {
      if (held) {
        held.row = row;
        held.occurrences += row.occurrences;
        held.settle.push(settle);
      } else this.#held.set(key, { row, occurrences: row.occurrences, settle: [settle] });
    });
  }

  /** Lets what waits of an event's key go ahead of it. */
  letGo(row: InboxRow): void {
    if (this.#held.size === 0) return;
    const key = keyOf(row);
    const held = this.#held.get(key);
    if (held) this.#store(key, held);
  }

  /** Stores all that waits. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const [key, held] of this.#held) this.#store(key, held);
  }

  #store(key: string, { row, occurrences, settle }: Held): void {
    this.#held.delete(key);
    void this.#options.submit({ ...row, occurrences }).then((outcome) => {
      this.#waiting -= settle.length;
      for (const answer of settle) answer(outcome);
    });
  }
}

function keyOf({ integrationId, dedupKey }: InboxRow): string {
  return `${integrationId} ${dedupKey}`;
}
