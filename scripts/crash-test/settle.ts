import { setTimeout as delay } from "node:timers/promises";
import type { TestDatabase } from "#lib/testing/test-database";

const LOOK_EVERY_MS = 200;
/** Nothing moving for this long is a fault. */
const STUCK_MS = 60_000;
/** Longer than a lease. */
const LEAP = { seconds: 61 };

type Left = { events: number; deliveries: number; leasedToTheDead: number };

/**
 * Waits until no event waits in the inbox and every delivery has ended. Where nothing but leases of killed engines is left it moves the
 * database's clock past them instead of waiting a minute. Throws when nothing moves any more.
 */
export async function waitUntilDone(database: TestDatabase, signal: AbortSignal): Promise<void> {
  let before = "";
  let movedAt = Date.now();
  for (;;) {
    const left = await readLeft(database);
    if (left.events === 0 && left.deliveries === 0) return;
    const now = JSON.stringify(left);
    if (now !== before) {
      before = now;
      movedAt = Date.now();
    } else if (Date.now() - movedAt > STUCK_MS) throw new Error(`Something is stuck: ${now}.`);
    if (left.events === 0 && left.deliveries === left.leasedToTheDead) {
      await database.moveTime(LEAP);
      await database.sql`select pg_notify('touchline_engine', '')`;
    }
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function readLeft({ sql }: TestDatabase): Promise<Left> {
  const [left] = await sql<Left[]>`
    with living as (select id from engines order by started_at desc limit 1)
    select
      (select count(*)::int from inbox where processed_at is null) as events,
      (select count(*)::int from deliveries where state in ('queued', 'sending', 'retrying')) as deliveries,
      (select count(*)::int from deliveries
        where state = 'sending' and leased_by not in (select id from living)) as "leasedToTheDead"`;
  if (!left) throw new Error("The database did not answer.");
  return left;
}
