import { inTransaction, readNow, SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { detectDaily } from "#lib/problems/commands/detect-recurrences";
import { fillTemplates } from "#lib/problems/commands/fill-templates";
import { remindOverdue } from "#lib/problems/commands/remind-overdue";
import { HOUR } from "#lib/time/calendar";

/**
 * Every hour the templates of new incidents, the incidents of open problems, and what is overdue; once a day, by the database's clock, the search for
 * recurrences. When it last looked is stored, so that restarts and several engines don't repeat it.
 */
export function problemsModule(): EngineModule {
  let dueAt = 0;
  return {
    name: "problems",
    async run({ db }) {
      const now = (await readNow(db)).getTime();
      if (now < dueAt) return { worked: 0, nextAt: new Date(dueAt) };
      const ctx = { db, actor: SYSTEM };
      const filled = await fillTemplates(ctx);
      // There is more to fill: it goes on at once, before anything is concluded from a part.
      if (filled > 0) return { worked: filled, nextAt: new Date(now) };
      dueAt = now + HOUR;
      const worked = (await detectDaily(ctx)) + (await inTransaction(ctx, remindOverdue));
      return { worked, nextAt: new Date(dueAt) };
    },
  };
}

export const runProblems: EngineModule = problemsModule();
