import { expect, test } from "vitest";
import { ruleHits, ruleSets } from "#db/schema/rules";
import { newId } from "#lib/ids";
import { foldRuleHits } from "#lib/rules/commands/fold-hits";
import { makeService } from "#lib/testing/factories";
import { useDatabase } from "#lib/testing/database";

const { db } = await useDatabase();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test("old hours become days without losing a match, as often as it runs; the last week stays by the hour", async () => {
  const service = await makeService(db);
  const now = new Date();
  const setId = newId();
  await db.insert(ruleSets).values({
    id: setId,
    kind: "service",
    serviceId: service.id,
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
  const midnight = (daysAgo: number) => Math.floor(now.getTime() / DAY) * DAY - daysAgo * DAY;
  const row = (at: number, lane: number, hits: number, shadowHits = 0) => ({
    ruleSetId: setId,
    ruleId: "r",
    hour: new Date(at),
    lane,
    hits,
    shadowHits,
  });
  await db
    .insert(ruleHits)
    .values([
      row(midnight(20), 0, 1),
      row(midnight(20), 3, 2),
      row(midnight(20) + 5 * HOUR, 0, 4, 7),
      row(midnight(19) + 23 * HOUR, 15, 8),
      row(midnight(3) + HOUR, 4, 16),
      row(midnight(3) + HOUR, 5, 32),
      row(midnight(900), 0, 64),
    ]);
  const read = async () =>
    (await db.select().from(ruleHits).orderBy(ruleHits.hour, ruleHits.lane)).map(
      ({ hour, lane, hits, shadowHits }) => [(midnight(0) - hour.getTime()) / DAY, lane, hits, shadowHits],
    );
  const folded = [
    [20, 0, 7, 7],
    [19, 0, 8, 0],
    [3 - 1 / 24, 4, 16, 0],
    [3 - 1 / 24, 5, 32, 0],
  ];
  await foldRuleHits(db);
  expect(await read()).toEqual(folded);
  await foldRuleHits(db);
  expect(await read()).toEqual(folded);
  await db.insert(ruleHits).values(row(midnight(20) + 2 * HOUR, 9, 100));
  await foldRuleHits(db);
  expect((await read())[0]).toEqual([20, 0, 107, 7]);
});
