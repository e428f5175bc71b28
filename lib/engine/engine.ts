import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Logger } from "pino";
import type { Database } from "#db/connect";
import { readNow } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";

/** The longest sleep: a wake-up that was lost (a dropped LISTEN connection) costs no more than this. */
const LONGEST_SLEEP_MS = 15_000;
const BEAT_MS = 5_000;
const MODULE_TIMEOUT_MS = 60_000;
const RETRY_MS = 1_000;
const CLAIMED_ELSEWHERE_MS = 100;

export type Engine = { stop(): Promise<void> };

type Beat = { at: string; ms: number; error: string | null };

/**
 * Starts the paging engine: each module runs in its own loop, sleeps until its next due instant and is woken by NOTIFY on
 * `touchline_engine`, whose payload names one module or, empty, all. A module that fails or hangs never stops the others. `stop`
 * waits for what is running.
 */
export async function startEngine(options: {
  db: Database;
  log: Logger;
  modules: readonly EngineModule[];
}): Promise<Engine> {
  const { db, log, modules } = options;
  const engineId = `${process.pid}-${randomBytes(4).toString("hex")}`;
  const beats = new Map<string, Beat>();
  const loops: ReturnType<typeof startLoop>[] = [];
  const wake = (name = "") => {
    for (const loop of loops) if (name === "" || name === loop.name) loop.wake();
  };
  const listener = await db.$client.listen("touchline_engine", wake, wake);
  await beat(db, engineId, beats);
  // Last, so that an engine that could not start leaves nothing running.
  loops.push(...modules.map((module) => startLoop({ db, log, engineId, module, beats })));
  const pulse = setInterval(() => {
    beat(db, engineId, beats).catch((error: unknown) =>
      log.error({ err: error }, "the engine's heartbeat failed"),
    );
  }, BEAT_MS);
  log.info({ engineId, modules: modules.map(({ name }) => name) }, "engine started");
  return {
    async stop() {
      clearInterval(pulse);
      await Promise.all(loops.map((loop) => loop.stop()));
      await listener.unlisten().catch(() => undefined);
      await db.execute(sql`delete from engines where id = ${engineId}`).catch(() => undefined);
    },
  };
}

type LoopOptions = {
  db: Database;
  log: Logger;
  engineId: string;
  module: EngineModule;
  beats: Map<string, Beat>;
};

function startLoop({ db, log, engineId, module, beats }: LoopOptions) {
  const bell = newBell();
  let stopping = false;
  const done = (async () => {
    while (!stopping) {
      bell.reset();
      const started = performance.now();
      let sleep = LONGEST_SLEEP_MS;
      let error: string | null = null;
      try {
        const result = await withTimeout(module.run({ db, engineId, log }), module.name);
        sleep = await sleepFor(db, result.nextAt);
        // Due, yet nothing could be claimed: somebody else holds it.
        if (result.worked === 0) sleep = Math.max(sleep, CLAIMED_ELSEWHERE_MS);
      } catch (caught) {
        error = caught instanceof Error ? caught.message : String(caught);
        sleep = RETRY_MS;
        log.error({ module: module.name, err: caught }, "an engine module failed; it is tried again");
      }
      beats.set(module.name, {
        at: new Date().toISOString(),
        ms: Math.round(performance.now() - started),
        error,
      });
      if (!stopping) await bell.wait(sleep);
    }
  })();
  return {
    name: module.name,
    wake: bell.ring,
    async stop() {
      stopping = true;
      bell.ring();
      await done;
    },
  };
}

/** Milliseconds until the instant on the database's clock; the machine's own clock decides nothing. */
async function sleepFor(db: Database, nextAt: Date | null): Promise<number> {
  if (!nextAt) return LONGEST_SLEEP_MS;
  if (nextAt.getTime() === 0) return 0;
  const now = await readNow(db);
  return Math.min(LONGEST_SLEEP_MS, Math.max(0, nextAt.getTime() - now.getTime()));
}

/** A bell that rung once stays rung until it is waited for: a wake-up between two looks is never lost. */
function newBell() {
  let rung = false;
  let release: (() => void) | null = null;
  return {
    reset: () => {
      rung = false;
    },
    ring: () => {
      rung = true;
      release?.();
    },
    wait: async (ms: number): Promise<void> => {
      if (rung || ms <= 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        release = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      release = null;
    },
  };
}

async function withTimeout<T>(work: Promise<T>, name: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The module ${name} did not finish within ${MODULE_TIMEOUT_MS / 1000} s.`)),
      MODULE_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

async function beat(db: Database, engineId: string, beats: ReadonlyMap<string, Beat>): Promise<void> {
  const modules = JSON.stringify(Object.fromEntries(beats));
  await db.execute(sql`
    insert into engines (id, started_at, beat_at, process_id, modules)
    values (${engineId}, now(), now(), ${process.pid}, ${modules}::jsonb)
    on conflict (id) do update set beat_at = now(), modules = excluded.modules`);
}
