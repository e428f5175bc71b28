import { SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { tellShadows } from "#lib/on-call/commands/tell-shadows";
import { tellUntaken } from "#lib/on-call/commands/tell-untaken";

/**
 * Tells those who follow shifts that one begins, and those who asked for cover that nobody has taken it. What was told already is not
 * told again, however many engines ask.
 */
export const runOnCallNotices: EngineModule = {
  name: "on-call-notices",
  async run({ db }) {
    const ctx = { db, actor: SYSTEM };
    return { worked: (await tellShadows(ctx)) + (await tellUntaken(ctx)), nextAt: null };
  },
};
