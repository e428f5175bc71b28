import { readNow } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { packDays } from "#lib/reports/commands/pack-days";

const MINUTE = 60_000;

/** Packs days for reports, a month at a time, until nothing is due; then looks again each minute, however often it is woken. */
function packing(): EngineModule {
  let dueAt = 0;
  return {
    name: "pack-days",
    async run({ db }) {
      const now = (await readNow(db)).getTime();
      if (now < dueAt) return { worked: 0, nextAt: new Date(dueAt) };
      const worked = await packDays(db);
      dueAt = worked > 0 ? 0 : now + MINUTE;
      return { worked, nextAt: new Date(dueAt) };
    },
  };
}

export const runPackDays: EngineModule = packing();
