import { beforeAll, describe, expect, test } from "vitest";
import fc from "fast-check";
import { seedDemo } from "#db/seed/demo";
import { SYSTEM } from "#lib/context";
import { rebuildFacts } from "#lib/incidents/commands/rebuild-facts";
import { interruptionClass } from "#lib/notifications/interruption";
import { useDatabase } from "#lib/testing/database";

const { db, url } = await useDatabase();
const ctx = { db, actor: SYSTEM };

beforeAll(async () => {
  await seedDemo(url, { password: "a long enough password" });
}, 120_000);

describe("rebuildFacts", () => {
  test("changes nothing in the demo", async () => {
    const report = await rebuildFacts(ctx, { keep: false });
    expect(report).toMatchObject({ differing: 0, interruptions: 0, examples: [] });
    expect(report.incidents).toBeGreaterThan(1400);
  });

  test("says what differs, leaves it unless told otherwise, and mends it then", async () => {
    await db.$client`update incident_facts set ms_to_resolve = ms_to_resolve + 1, feature = 'Nothing' where number in (7, 9)`;
    await db.$client`delete from interruptions where delivery_id in (select delivery_id from interruptions where counted limit 3)`;
    const checked = await rebuildFacts(ctx, { keep: false });
    expect(checked.examples).toEqual(expect.arrayContaining([7, 9]));
    expect(checked.interruptions).toBeGreaterThanOrEqual(3);
    expect((await rebuildFacts(ctx, { keep: true })).differing).toBeGreaterThanOrEqual(2);
    expect(await rebuildFacts(ctx, { keep: false })).toMatchObject({ differing: 0, interruptions: 0 });
  });

  test("what a service says of itself, and game days, are restated for the past", async () => {
    await db.$client`update services set feature = 'Slips', tier = 2, team_id = null where name = 'Bet slip'`;
    await db.$client`update game_days set ends_at = ends_at + interval '5 hours' where load = 'peak'`;
    await db.$client`delete from game_days where load = 'raised'`;
    expect(await rebuildFacts(ctx, { keep: false })).toMatchObject({ differing: 0, examples: [] });
  });

  test("every interruption has the class of its hour by its person's clock, and a minute has one", async () => {
    const rows = await db.$client<
      { weekday: number; hour: number; class: string; right: boolean }[]
    >`select distinct weekday, hour, class,
        bool_and(extract(isodow from at at time zone time_zone) = weekday and extract(hour from at at time zone time_zone) = hour) as right
      from interruptions group by weekday, hour, class`;
    expect(rows.length).toBeGreaterThan(100);
    for (const row of rows) {
      expect(row).toMatchObject({ class: interruptionClass(row.weekday, row.hour), right: true });
    }
    const [close] = await db.$client<{ count: number }[]>`
      select count(*)::int from interruptions a join interruptions b
        on b.user_id = a.user_id and b.counted and a.counted and b.at > a.at and b.at < a.at + interval '60 seconds'`;
    expect(close?.count).toBe(0);
  });
});

test("each hour of the week has one class", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 23 }), (weekday, hour) => {
      const expected = hour >= 22 || hour < 8 ? "sleep" : weekday >= 6 || hour >= 18 ? "off" : "business";
      expect(interruptionClass(weekday, hour)).toBe(expected);
    }),
  );
});
