import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inTransaction, SYSTEM } from "#lib/context";
import { claimEvents, oldestWaiting, waitingLanes } from "#lib/events/commands/claim-events";
import { useDatabase } from "#lib/testing/database";

const { db, now, sql } = await useDatabase();

const LONG_AGO = new Date("2026-01-01T00:00:00Z");
const EVENT = { action: "trigger", summary: "Disk full", warnings: [] };

/** Rows of one lane, in this order; answers what each is of. */
async function fill(owners: readonly string[], lane = 3): Promise<void> {
  await sql`truncate inbox`;
  await sql`
    insert into inbox (received_at, lane, integration_id, source, action, dedup_key, event)
    select now(), ${lane}, owner, 'events_v2', 'trigger', 'k', ${JSON.stringify(EVENT)}::text::json
    from unnest(${owners}::text[]) with ordinality as o (owner, place) order by place`;
}

const claim = (limit: number, isBacklogged = false, lanes = [3]) =>
  inTransaction({ db, actor: SYSTEM }, (scope) =>
    claimEvents(scope, { lanes, limit, since: LONG_AGO, isBacklogged }).then(({ events }) => events),
  );

/** Round by round one of each that still has some, until the batch is full. */
function shareOut(owners: readonly string[], limit: number): Map<string, number> {
  const waiting = new Map(
    [...Map.groupBy(owners, (owner) => owner)].map(([owner, of]) => [owner, of.length]),
  );
  const taken = new Map<string, number>();
  let left = Math.min(limit, owners.length);
  while (left > 0) {
    for (const [owner, count] of waiting) {
      if (left === 0 || (taken.get(owner) ?? 0) >= count) continue;
      taken.set(owner, (taken.get(owner) ?? 0) + 1);
      left -= 1;
    }
  }
  return taken;
}

async function holdsFairShares(
  owners: readonly string[],
  limit: number,
  isBacklogged: boolean,
): Promise<void> {
  await fill(owners);
  const batch = await claim(limit, isBacklogged);
  const ids = batch.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(batch.length).toBeLessThanOrEqual(limit);
  expect(batch.length > 0).toBe(owners.length > 0);
  const rows = await sql<{ id: number; owner: string }[]>`
  select id::float as id, integration_id as owner from inbox order by id`;
  for (const [owner, of] of Map.groupBy(batch, ({ integrationId }) => integrationId)) {
    const oldest = rows.filter((row) => row.owner === owner).slice(0, of.length);
    expect(of.map(({ id }) => id)).toEqual(oldest.map(({ id }) => id));
  }
  const kinds = new Set(owners).size;
  if (kinds === 0 || kinds > limit) return;
  for (const [owner, fair] of shareOut(owners, limit)) {
    const share = Math.min(fair, Math.floor(limit / kinds));
    const got = batch.filter(({ integrationId }) => integrationId === owner).length;
    expect(got).toBeGreaterThanOrEqual(share);
  }
}

describe("a batch of a lane", () => {
  test("holds the oldest of each integration, in order, and of none less than its fair share", async () => {
    const owners = fc.array(fc.constantFrom("A", "B", "C", "D"), { maxLength: 40 });
    const limit = fc.integer({ min: 1, max: 20 });
    await fc.assert(fc.asyncProperty(owners, limit, fc.boolean(), holdsFairShares), { numRuns: 40 });
  });

  test("holds the first word of a quiet integration however much another sent before it", async () => {
    await fill([...Array.from({ length: 5000 }, () => "LOUD"), "QUIET"]);
    const batch = await claim(100);
    expect(batch.filter(({ integrationId }) => integrationId === "QUIET")).toHaveLength(1);
    // What the quiet one leaves is not wasted.
    expect(batch.length).toBeGreaterThanOrEqual(99);
  });

  test("of several lanes holds what each has, in one order", async () => {
    await fill(["A", "B", "A"]);
    await sql`update inbox set lane = 5 where integration_id = 'B'`;
    const batch = await claim(10, false, [3, 5, 9]);
    expect(batch.map(({ integrationId, lane }) => [integrationId, lane])).toEqual([
      ["A", 3],
      ["B", 5],
      ["A", 3],
    ]);
    expect(await claim(10, true, [3, 5, 9])).toEqual(batch);
    expect((await claim(10, false, [5])).map(({ integrationId }) => integrationId)).toEqual(["B"]);
  });

  test("says whether something may have been left, even where the shares don't use it up", async () => {
    await fill(Array.from({ length: 30 }, (_, index) => `${index % 7}`));
    const claimAll = (limit: number) =>
      inTransaction({ db, actor: SYSTEM }, (scope) =>
        claimEvents(scope, { lanes: [3], limit, since: LONG_AGO, isBacklogged: false }),
      );
    expect((await claimAll(30)).more).toBe(false);
    expect((await claimAll(29)).more).toBe(true);
    expect((await claimAll(1)).more).toBe(true);
  });

  test("of several lanes holds the first word of a quiet lane however much waits in another", async () => {
    await fill([...Array.from({ length: 3000 }, () => "LOUD"), "QUIET"]);
    await sql`update inbox set lane = 5 where integration_id = 'QUIET'`;
    expect((await claim(100, false, [3, 5])).map(({ lane }) => lane)).toContain(5);
  });

  test("brings an event as it was stored", async () => {
    await fill(["A"]);
    await sql`update inbox set occurrences = 7, raw = '{"a":1}', received_at = '2026-11-01T10:00:00.123Z'`;
    const [event] = await claim(10);
    expect(event).toMatchObject({
      integrationId: "A",
      dedupKey: "k",
      event: EVENT,
      raw: { a: 1 },
      occurrences: 7,
    });
    expect(event?.receivedAt).toEqual(new Date("2026-11-01T10:00:00.123Z"));
  });

  test("comes from lanes that have something to do alone", async () => {
    await fill(["A"], 7);
    expect((await waitingLanes(db, LONG_AGO)).lanes).toEqual([7]);
    await sql`update inbox set processed_at = now()`;
    expect((await waitingLanes(db, LONG_AGO)).lanes).toEqual([]);
  });

  test("is looked for from the oldest that waits, or an hour back, on", async () => {
    await sql`truncate inbox`;
    const at = await now();
    const back = (milliseconds: number) => new Date(at.getTime() - milliseconds);
    const within = (instant: Date, from: Date) => Math.abs(instant.getTime() - from.getTime()) < 60_000;
    expect(within(await oldestWaiting(db), back(3_600_000))).toBe(true);
    await fill(["A"]);
    await sql`update inbox set received_at = ${back(50 * 3_600_000).toISOString()}`;
    expect(within(await oldestWaiting(db), back(51 * 3_600_000))).toBe(true);
    expect((await waitingLanes(db, back(3_600_000))).lanes).toEqual([]);
    expect((await waitingLanes(db, await oldestWaiting(db))).lanes).toEqual([3]);
  });
});
