/**
 * The mean over time of a value that stays as it is until it is set again, the past weighing less the longer ago it is (exponentially, by
 * `spanMs`). Instants in milliseconds of any clock that doesn't go back.
 */
export class RecentMean {
  readonly #spanMs: number;
  #mean = 0;
  #value = 0;
  #at: number | null = null;

  constructor(spanMs: number) {
    this.#spanMs = spanMs;
  }

  set(value: number, now: number): void {
    this.#mean = this.at(now);
    this.#value = value;
    this.#at = now;
  }

  at(now: number): number {
    if (this.#at === null) return 0;
    const weight = 1 - Math.exp((this.#at - now) / this.#spanMs);
    return this.#mean + (this.#value - this.#mean) * weight;
  }
}
