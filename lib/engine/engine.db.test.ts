import { afterEach, describe, expect, test } from "vitest";
import { sql as query } from "drizzle-orm";
import { connect } from "#db/connect";
import { startEngine } from "#lib/engine/engine";
import type { Engine } from "#lib/engine/engine";
import type { EngineModule, EngineResult } from "#lib/engine/module";
import { declareIncident } from "#lib/incidents/commands/declare";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { silent } from "#lib/testing/paging";
import { makeScene } from "#lib/testing/scenario";

const { db, sql, now } = await useDatabase();

const running: Engine[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((engine) => engine.stop()));
});

async function start(...modules: EngineModule[]): Promise<Engine> {
  const engine = await startEngine({ db, log: silent, modules });
  running.push(engine);
  return engine;
}

/** Less than the engine's longest sleep: who is late by so much was not woken but happened to look. */
const SLEEP_MS = 10_000;
const IDLE: EngineResult = { worked: 0, nextAt: null };

/** A module that counts its runs; `ran(n)` waits for the n-th. */
function counting(name: string, run: (count: number) => Promise<EngineResult> = async () => IDLE) {
  let count = 0;
  const waiting: { count: number; resolve: () => void }[] = [];
  return {
    runs: () => count,
    ran: (wanted: number) =>
      new Promise<void>((resolve) => {
        if (count >= wanted) resolve();
        else waiting.push({ count: wanted, resolve });
      }),
    module: {
      name,
      async run() {
        count += 1;
        for (const each of waiting) if (count >= each.count) each.resolve();
        return run(count);
      },
    },
  };
}

type Counting = ReturnType<typeof counting>;

const notify = (payload: string) => db.execute(query`select pg_notify('touchline_engine', ${payload})`);

describe("the engine", () => {
  test("runs every module at once, and again as soon as it is called", async () => {
    const [one, two] = [counting("one"), counting("two")];
    await start(one.module, two.module);
    await Promise.all([one.ran(1), two.ran(1)]);
    const called = performance.now();
    await notify("");
    await Promise.all([one.ran(2), two.ran(2)]);
    expect(performance.now() - called).toBeLessThan(SLEEP_MS);
    await notify("two");
    await two.ran(3);
    expect(one.runs()).toBe(2);
  });

  test("an incident wakes those who have to do with it at once, and nobody else", async () => {
    const names = ["pending-actions", "deliver", "weekly"] as const;
    const [actions, deliver, weekly] = names.map((name) => counting(name)) as [Counting, Counting, Counting];
    const { service } = await makeScene(db);
    await start(actions.module, deliver.module, weekly.module);
    await Promise.all([actions.ran(1), deliver.ran(1), weekly.ran(1)]);
    await declareIncident(actAs(db), { title: "It is broken", serviceId: service.id, urgency: "high" });
    await Promise.all([actions.ran(2), deliver.ran(2)]);
    // Calls arrive in the order they were made.
    await notify("deliver");
    await deliver.ran(3);
    expect(weekly.runs()).toBe(1);
  });

  test("runs a module at the instant it named, on the database's clock", async () => {
    let dueAt = 0;
    const timed = counting("timed", async (count) => {
      if (count > 1) return IDLE;
      dueAt = (await now()).getTime() + 300;
      return { worked: 1, nextAt: new Date(dueAt) };
    });
    await start(timed.module);
    await timed.ran(2);
    const late = (await now()).getTime() - dueAt;
    expect(late).toBeGreaterThanOrEqual(-5);
    expect(late).toBeLessThan(SLEEP_MS);
  });

  test("a module that fails is tried again, shows its error, and stops no other", async () => {
    const broken = counting("broken", async () => {
      throw new Error("The sky fell.");
    });
    const sound = counting("sound");
    await start(broken.module, sound.module);
    await broken.ran(2);
    await notify("");
    await sound.ran(2);
    const beats = () =>
      sql<{ modules: Record<string, { error: string | null }> }[]>`select modules from engines`;
    const shown = async (): Promise<string | null | undefined> => {
      const [engine] = await beats();
      return engine?.modules["broken"]?.error;
    };
    await expect.poll(shown, { timeout: 10_000, interval: 200 }).toBe("The sky fell.");
    expect((await beats())[0]?.modules["sound"]?.error).toBeNull();
  });

  test("stopping waits for what is running, and leaves no trace", async () => {
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const slow = counting("slow", async () => {
      await mayEnd;
      return IDLE;
    });
    const engine = await start(slow.module);
    await slow.ran(1);
    let isStopped = false;
    const stopping = engine.stop().then(() => {
      isStopped = true;
    });
    await notify("");
    await sql`select 1`;
    expect(isStopped).toBe(false);
    end();
    await stopping;
    expect(slow.runs()).toBe(1);
    expect(await sql`select id from engines`).toEqual([]);
  });

  test("one that can't begin leaves nothing running", async () => {
    const never = counting("never");
    const gone = connect("postgres://nobody@127.0.0.1:1/none");
    await expect(startEngine({ db: gone, log: silent, modules: [never.module] })).rejects.toThrow(
      "ECONNREFUSED",
    );
    expect(never.runs()).toBe(0);
    await gone.$client.end();
  });
});
