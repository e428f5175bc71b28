import { inTransaction, SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { restateServiceLevels } from "#lib/service-levels/commands/restate";
import { nextServiceLevelAtRisk, tellOfServiceLevelsAtRisk } from "#lib/service-levels/commands/tell-at-risk";

/** Tells of promises that are nearly broken, and measures past incidents anew where a promise was changed. */
export const runServiceLevels: EngineModule = {
  name: "service-levels",
  async run({ db }) {
    return inTransaction({ db, actor: SYSTEM }, async (scope) => {
      const told = await tellOfServiceLevelsAtRisk(scope);
      const restated = await restateServiceLevels(scope);
      return { worked: told + restated, nextAt: await nextServiceLevelAtRisk(scope) };
    });
  },
};
