import { inTransaction, readNow, SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { announceHandOffs } from "#lib/on-call/commands/announce-hand-offs";
import { announceRosterChanges } from "#lib/on-call/commands/announce-roster-changes";
import { announceUnaccepted } from "#lib/on-call/commands/announce-unaccepted";

/**
 * Tells people of shifts: that they begin and end, that they changed, that nobody accepted one. Looks when the next of it is due, and once
 * a minute for what changed meanwhile. What was told is in the database, so that any number of engines and restarts tell it once.
 */
export function handOffNoticesModule(): EngineModule {
  let dueAt = 0;
  return {
    name: "hand-off-notices",
    async run({ db }) {
      const now = (await readNow(db)).getTime();
      if (now < dueAt) return { worked: 0, nextAt: new Date(dueAt) };
      const ctx = { db, actor: SYSTEM };
      const { told, nextAt } = await inTransaction(ctx, announceHandOffs);
      const unaccepted = await inTransaction(ctx, announceUnaccepted);
      const changed = await announceRosterChanges(ctx);
      dueAt = nextAt.getTime();
      return { worked: told + unaccepted + changed, nextAt };
    },
  };
}

export const runHandOffNotices: EngineModule = handOffNoticesModule();
