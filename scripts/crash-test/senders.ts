import { setTimeout as delay } from "node:timers/promises";
import { randomFrom } from "#lib/statistics/random";

export type Senders = {
  /** Lets so many more events be sent. */
  release(count: number): void;
  /** How many events of each dedup key were answered with success. */
  accepted: ReadonlyMap<string, number>;
  retries(): number;
  finished: Promise<void>;
};

/** One in so many keys is triggered twice, so that counting an open alert again is under attack as well. */
const REPEATED = 5;
const PAUSE_MS = 30;
/** Of what floods the server so much is one key that runs wild. */
const WILD_SHARE = 0.3;

/**
 * Clients as they should be: each sends one event after the other and tries one that was not answered with success again until it is.
 * An answer that no retry can help rejects `finished`. `flood`: so many others say again what was accepted, as fast as they are answered.
 */
export function startSenders(options: {
  url: string;
  key: string;
  seed: number;
  events: number;
  count: number;
  flood: number;
}): Senders {
  const { url, key, seed, events, count, flood } = options;
  const random = randomFrom(seed + 1);
  const accepted = new Map<string, number>();
  /** The same keys, to draw from. */
  const known: { dedupKey: string; number: number }[] = [];
  let allowed = 0;
  let next = 0;
  let retries = 0;

  async function sender(): Promise<void> {
    while (next < events) {
      if (next >= allowed) {
        await delay(5);
        continue;
      }
      const number = next;
      next += 1;
      const dedupKey = `crash-${seed}-${number}`;
      await send(dedupKey, number);
      if (number % REPEATED === 0) await send(dedupKey, number);
      await delay(random() * PAUSE_MS);
    }
  }

  function note(dedupKey: string, number: number): void {
    if (!accepted.has(dedupKey)) known.push({ dedupKey, number });
    accepted.set(dedupKey, (accepted.get(dedupKey) ?? 0) + 1);
  }

  async function flooder(): Promise<void> {
    while (next < events) {
      const [wild] = known;
      const said = random() < WILD_SHARE ? wild : known[Math.floor(random() * known.length)];
      const status = said ? await post(url, eventOf(key, said.dedupKey, said.number)) : null;
      if (said && status === 202) note(said.dedupKey, said.number);
      else await delay(20 + random() * PAUSE_MS);
    }
  }

  async function send(dedupKey: string, number: number): Promise<void> {
    for (;;) {
      const status = await post(url, eventOf(key, dedupKey, number));
      if (status === 202) return note(dedupKey, number);
      if (status !== null && status < 500 && status !== 429) {
        throw new Error(`The event ${dedupKey} was answered with ${status}.`);
      }
      retries += 1;
      await delay(20 + random() * PAUSE_MS);
    }
  }

  return {
    release(more) {
      allowed += more;
    },
    accepted,
    retries: () => retries,
    finished: Promise.all([
      ...Array.from({ length: count }, sender),
      ...Array.from({ length: flood }, flooder),
    ]).then(() => undefined),
  };
}

function eventOf(key: string, dedupKey: string, number: number) {
  return {
    routing_key: key,
    event_action: "trigger",
    dedup_key: dedupKey,
    payload: { summary: `Crash test ${number}`, source: "crash-test", severity: "critical" },
  };
}

/** The status of the answer; null when there was none. */
async function post(url: string, event: object): Promise<number | null> {
  try {
    const response = await fetch(`${url}/v2/enqueue`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(15_000),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
