import { sql } from "drizzle-orm";
import { inTransaction, readNow, SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { watchStorms } from "#lib/noise/commands/watch-storms";

const EVERY_MS = 30_000;
/** Names this work among the database's advisory locks. */
const LOCK = 7_201_532;

/** Looks twice a minute whether a storm of alerts begins or ends somewhere. Whichever engine looks does it for all. */
export function watchStormsModule(): EngineModule {
  let dueAt = 0;
  return {
    name: "watch-storms",
    async run({ db }) {
      const now = (await readNow(db)).getTime();
      if (now < dueAt) return { worked: 0, nextAt: new Date(dueAt) };
      const worked = await inTransaction({ db, actor: SYSTEM }, async (scope) => {
        const [lock] = await scope.tx.execute<{ held: boolean }>(
          sql`select pg_try_advisory_xact_lock(${LOCK}) as held`,
        );
        return lock?.held ? watchStorms(scope) : 0;
      });
      dueAt = now + EVERY_MS;
      return { worked, nextAt: new Date(dueAt) };
    },
  };
}

export const runWatchStorms: EngineModule = watchStormsModule();
