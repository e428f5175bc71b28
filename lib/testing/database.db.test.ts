import { describe, expect, it } from "vitest";
import { readNow } from "#lib/context";
import { useDatabase } from "#lib/testing/database";

const { db, sql, moveTime, setTime, stopTime, now } = await useDatabase();

describe("useDatabase", () => {
  it("gives a migrated, empty database", async () => {
    expect(await sql`select id from users`).toEqual([]);
  });

  it("creates what is not qualified in the schema of the product", async () => {
    await sql`create table made_by_a_test (id int)`;
    const [row] = await sql`select 'public.made_by_a_test'::regclass::text as name`;
    expect(row).toEqual({ name: "made_by_a_test" });
  });
});

describe("moveTime", () => {
  it("moves the clock that the product reads, on every connection", async () => {
    const before = await now();
    const after = await moveTime({ days: 1, hours: 2 });
    expect(after.getTime() - before.getTime()).toBeGreaterThanOrEqual(26 * 3_600_000);
    expect((await readNow(db)).getTime()).toBeGreaterThanOrEqual(after.getTime());
  });

  it("is seen inside functions of the database", async () => {
    await sql`create function clock_of_a_function() returns timestamptz language plpgsql as $$ begin return now(); end $$`;
    await moveTime(60_000);
    const [row] = await sql<{ equal: boolean }[]>`select clock_of_a_function() = now() as equal`;
    expect(row?.equal).toBe(true);
  });

  it("stays the same within a transaction, and is new in the next", async () => {
    await db.transaction(async (tx) => {
      const began = await readNow(tx);
      const moved = await moveTime({ hours: 1 });
      expect(await readNow(tx)).toEqual(began);
      expect(moved.getTime()).toBeGreaterThan(began.getTime());
    });
    const [row] = await sql<
      { moved: boolean }[]
    >`select now() > pg_catalog.now() + interval '1 hour' as moved`;
    expect(row?.moved).toBe(true);
  });

  it("leaves the real clock alone", async () => {
    await moveTime({ hours: 1 });
    const [row] = await sql<
      { apart: boolean }[]
    >`select now() > pg_catalog.now() + interval '59 minutes' as apart`;
    expect(row?.apart).toBe(true);
  });
});

describe("setTime", () => {
  it("sets the clock, from where it flows on", async () => {
    const at = new Date("2026-03-29T00:59:59Z");
    const set = await setTime(at);
    expect(set.getTime()).toBeGreaterThanOrEqual(at.getTime());
    expect(set.getTime()).toBeLessThan(at.getTime() + 60_000);
  });
});

// Last, since nothing starts it again.
describe("stopTime", () => {
  it("lets the clock stand still until it is moved", async () => {
    const at = await stopTime();
    const flows = async () => (await sql<{ at: string }[]>`select clock_timestamp()::text as at`)[0]?.at;
    expect(await flows()).not.toBe(await flows());
    expect(await now()).toEqual(at);
    expect(await moveTime({ minutes: 1 })).toEqual(new Date(at.getTime() + 60_000));
    const set = new Date("2026-10-25T00:59:55Z");
    expect(await setTime(set)).toEqual(set);
    expect(await now()).toEqual(set);
  });
});
