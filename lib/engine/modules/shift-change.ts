import { sql } from "drizzle-orm";
import { inTransaction, readNow, SYSTEM } from "#lib/context";
import type { Database } from "#db/connect";
import type { EngineModule } from "#lib/engine/module";
import { handOverShifts } from "#lib/incidents/commands/hand-over-shifts";
import { findShiftChanges } from "#lib/incidents/queries/shift-changes";

const BATCH = 100;
const LONGEST_RUN_MS = 20_000;
const LEAST_MS = 5_000;
const MOST_MS = 60_000;

/**
 * Pages whoever came on call for an incident that nobody has acknowledged. What there is to do is read off the incidents themselves,
 * so a second engine, or one that starts after a crash, finds only what is left; under the lock it is looked at once more. It
 * wakes at the next shift boundary, and every few seconds for overrides and new incidents; where looking takes long, less often.
 */
export function shiftChangeModule(): EngineModule {
  let dueAt = 0;
  return {
    name: "shift-change",
    async run({ db }) {
      const now = await readNow(db);
      if (now.getTime() < dueAt) return { worked: 0, nextAt: new Date(dueAt) };
      const started = performance.now();
      const { incidentIds, nextAt } = await findShiftChanges(db, now);
      let worked = 0;
      for (let index = 0; index < incidentIds.length; index += BATCH) {
        // The rest is found again at once; a run ends well within the engine's patience.
        if (performance.now() - started > LONGEST_RUN_MS) return { worked, nextAt: new Date(0) };
        worked += await handOver(db, incidentIds.slice(index, index + BATCH));
      }
      const pause = Math.min(MOST_MS, Math.max(LEAST_MS, 20 * (performance.now() - started)));
      dueAt = Math.min(nextAt.getTime(), now.getTime() + pause);
      return { worked, nextAt: new Date(dueAt) };
    },
  };
}

export const runShiftChange: EngineModule = shiftChangeModule();

async function handOver(db: Database, incidentIds: readonly string[]): Promise<number> {
  return inTransaction({ db, actor: SYSTEM }, async (scope) => {
    // Whoever holds one is about to change it: the next look finds what is left.
    const free = await scope.tx.execute<{ id: string }>(sql`
      select id from incidents where id = any(${sql.param([...incidentIds])}::text[])
      order by id for update skip locked`);
    return handOverShifts(
      scope,
      free.map(({ id }) => id),
    );
  });
}
