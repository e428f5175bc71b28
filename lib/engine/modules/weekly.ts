import { inTransaction, readNow, SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { sendReadinessDigests, sendSelfTests } from "#lib/people/commands/send-weekly";

const EVERY_MS = 15 * 60_000;

/** Every quarter of an hour: this week's tests and digests, each person's in their own morning. The database knows who has had theirs. */
export function weeklyModule(): EngineModule {
  let dueAt = 0;
  return {
    name: "weekly",
    async run({ db }) {
      const now = (await readNow(db)).getTime();
      if (now < dueAt) return { worked: 0, nextAt: new Date(dueAt) };
      const ctx = { db, actor: SYSTEM };
      const tests = await inTransaction(ctx, sendSelfTests);
      const digests = await inTransaction(ctx, sendReadinessDigests);
      dueAt = now + EVERY_MS;
      return { worked: tests + digests, nextAt: new Date(dueAt) };
    },
  };
}

export const runWeekly: EngineModule = weeklyModule();
