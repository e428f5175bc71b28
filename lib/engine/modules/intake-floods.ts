import { isNull, min } from "drizzle-orm";
import { intakeFloods } from "#db/schema/events";
import { inTransaction, SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { CALM_MS, tellOfFloods } from "#lib/services/commands/tell-of-floods";

/** Tells owners of keys that began to send beyond their limits, and ends floods once a key has calmed down. */
export const runIntakeFloods: EngineModule = {
  name: "intake-floods",
  async run({ db }) {
    const worked = await inTransaction({ db, actor: SYSTEM }, tellOfFloods);
    const [open] = await db
      .select({ lastAt: min(intakeFloods.lastAt) })
      .from(intakeFloods)
      .where(isNull(intakeFloods.endedAt));
    const lastAt = open?.lastAt ?? null;
    return { worked, nextAt: lastAt === null ? null : new Date(lastAt.getTime() + CALM_MS + 1000) };
  },
};
