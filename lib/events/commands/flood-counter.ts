import type { FloodCount } from "#lib/events/commands/write-floods";

const EVERY_MS = 1_000;

/** Collects what keys send beyond their limits and writes it down once a second; what could not be written is written the next time. */
export class FloodCounter {
  readonly #write: (counts: readonly FloodCount[]) => Promise<void>;
  readonly #onFailure: (error: unknown) => void;
  #counts = new Map<string, FloodCount>();
  #timer: NodeJS.Timeout | null = null;

  constructor(write: (counts: readonly FloodCount[]) => Promise<void>, onFailure: (error: unknown) => void) {
    this.#write = write;
    this.#onFailure = onFailure;
  }

  add({ integrationId, coalesced, refused }: FloodCount): void {
    const before = this.#counts.get(integrationId);
    this.#counts.set(integrationId, {
      integrationId,
      coalesced: (before?.coalesced ?? 0) + coalesced,
      refused: (before?.refused ?? 0) + refused,
    });
    this.#timer ??= setTimeout(() => void this.flush(), EVERY_MS);
  }

  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const counts = [...this.#counts.values()];
    if (counts.length === 0) return;
    this.#counts = new Map();
    try {
      await this.#write(counts);
    } catch (error) {
      this.#onFailure(error);
      for (const count of counts) this.add(count);
    }
  }
}
