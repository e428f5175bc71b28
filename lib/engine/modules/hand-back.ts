import { inTransaction, readNow, SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { handBackIncidents } from "#lib/incidents/commands/hand-back";

const EVERY_MS = 60_000;

/**
 * Once a minute, however often it is woken: takes open incidents from people who may not be paged. Whoever deactivates somebody does so
 * at once; this finds what reached that person in the same moment.
 */
function handBack(): EngineModule {
  let dueAt = 0;
  return {
    name: "hand-back",
    async run({ db }) {
      const now = (await readNow(db)).getTime();
      if (now < dueAt) return { worked: 0, nextAt: new Date(dueAt) };
      const worked = await inTransaction({ db, actor: SYSTEM }, (scope) =>
        handBackIncidents(scope, "everybody", "Whoever had it can't be paged any more"),
      );
      if (worked > 0) return { worked, nextAt: new Date(0) };
      dueAt = now + EVERY_MS;
      return { worked, nextAt: new Date(dueAt) };
    },
  };
}

export const runHandBack: EngineModule = handBack();
