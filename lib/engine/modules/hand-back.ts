import { inTransaction, SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { handBackIncidents } from "#lib/incidents/commands/hand-back";

const EVERY_MS = 60_000;

/**
 * Every minute: takes open incidents from people who may not be paged. Whoever deactivates somebody does so at once; this finds what
 * reached that person in the same moment.
 */
export const runHandBack: EngineModule = {
  name: "hand-back",
  async run({ db }) {
    return inTransaction({ db, actor: SYSTEM }, async (scope) => {
      const worked = await handBackIncidents(scope, "everybody", "Whoever had it can't be paged any more");
      return { worked, nextAt: worked > 0 ? new Date(0) : new Date(scope.now.getTime() + EVERY_MS) };
    });
  },
};
