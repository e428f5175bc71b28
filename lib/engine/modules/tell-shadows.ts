import { SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { tellShadows } from "#lib/on-call/commands/tell-shadows";

/** Tells those who follow shifts that one begins; what was told already is not told again, however many engines ask. */
export const runTellShadows: EngineModule = {
  name: "tell-shadows",
  async run({ db }) {
    return { worked: await tellShadows({ db, actor: SYSTEM }), nextAt: null };
  },
};
