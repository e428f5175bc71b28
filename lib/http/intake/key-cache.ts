import type { IntegrationOfKey } from "#lib/services/queries/integration-keys";

export type KeyCache = {
  /** The integration of a key, null when no live one has it. Rejects when the database can't be asked and nothing is remembered. */
  find(key: string): IntegrationOfKey | null | Promise<IntegrationOfKey | null>;
  /** Something about integrations or services changed: everything is asked again. */
  forget(): void;
};

type Remembered = { integration: IntegrationOfKey | null; readAt: number };
type Question = {
  answer: Promise<IntegrationOfKey | null>;
  settle: (integration: IntegrationOfKey | null) => void;
  fail: (error: unknown) => void;
};

/** What is known is asked again after this long, in case an announcement was lost with a connection. */
const KEEP_MS = 60_000;
const KEEP_UNKNOWN_MS = 5_000;
/** Keys that strangers make up must not fill the memory. */
const MAX_KEYS = 20_000;

/**
 * Remembers what keys stand for. Misses are asked in batches, one question at a time. An answer that was under way while something
 * changed is given to whoever asked, and not remembered. While the database is away, what was known last still counts.
 */
export function newKeyCache(
  lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, IntegrationOfKey>>,
  now: () => number,
): KeyCache {
  const known = new Map<string, Remembered>();
  let waiting = new Map<string, Question>();
  let asking = false;
  let changes = 0;
  let changedAt = Number.NEGATIVE_INFINITY;

  function find(key: string): IntegrationOfKey | null | Promise<IntegrationOfKey | null> {
    const remembered = known.get(key);
    if (remembered && isFresh(remembered)) return remembered.integration;
    const asked = waiting.get(key);
    if (asked) return asked.answer;
    const question = newQuestion();
    waiting.set(key, question);
    if (!asking) void ask();
    return question.answer;
  }

  function isFresh({ integration, readAt }: Remembered): boolean {
    const age = now() - readAt;
    return readAt > changedAt && age < (integration ? KEEP_MS : KEEP_UNKNOWN_MS);
  }

  async function ask(): Promise<void> {
    asking = true;
    while (waiting.size > 0) {
      const batch = waiting;
      waiting = new Map();
      const before = changes;
      const readAt = now();
      try {
        const found = await lookUp([...batch.keys()]);
        if (known.size > MAX_KEYS) known.clear();
        for (const [key, { settle }] of batch) {
          const integration = found.get(key) ?? null;
          if (changes === before) known.set(key, { integration, readAt });
          settle(integration);
        }
      } catch (error) {
        for (const [key, { settle, fail }] of batch) {
          const last = known.get(key)?.integration;
          if (last) settle(last);
          else fail(error);
        }
      }
    }
    asking = false;
  }

  return {
    find,
    forget() {
      changes += 1;
      changedAt = now();
    },
  };
}

function newQuestion(): Question {
  const { promise, resolve, reject } = Promise.withResolvers<IntegrationOfKey | null>();
  return { answer: promise, settle: resolve, fail: reject };
}
