import { setTimeout as delay } from "node:timers/promises";
import type { TestDatabase } from "#lib/testing/test-database";

const LOOK_EVERY_MS = 200;
/** Nothing moving for this long means that what is left waits for the clock. */
const STILL_MS = 3_000;
/** Longer than a lease: whoever held one is dead. */
const LEAP = { seconds: 61 };
const MOST_LEAPS = 5;

/**
 * Waits until no event waits in the inbox and every delivery has ended. Where only leases of dead engines are left it moves the
 * database's clock past them instead of waiting a minute. Throws when that does not help.
 */
export async function waitUntilDone(database: TestDatabase, signal: AbortSignal): Promise<void> {
  let before = "";
  let stillSince = Date.now();
  for (let leaps = 0; ;) {
    const left = await readLeft(database);
    if (left.events === 0 && left.deliveries === 0) return;
    const now = JSON.stringify(left);
    if (now !== before) {
      before = now;
      stillSince = Date.now();
    } else if (Date.now() - stillSince > STILL_MS) {
      if (leaps === MOST_LEAPS) throw new Error(`Something is stuck: ${now}.`);
      leaps += 1;
      stillSince = Date.now();
      await database.moveTime(LEAP);
      await database.sql`select pg_notify('touchline_engine', '')`;
    }
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function readLeft({ sql }: TestDatabase): Promise<{ events: number; deliveries: number }> {
  const [left] = await sql<{ events: number; deliveries: number }[]>`
    select
      (select count(*)::int from inbox where processed_at is null) as events,
      (select count(*)::int from deliveries where state in ('queued', 'sending', 'retrying')) as deliveries`;
  if (!left) throw new Error("The database did not answer.");
  return left;
}
