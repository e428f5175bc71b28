import { and, eq } from "drizzle-orm";
import { pageVerdicts } from "#db/schema/page-verdicts";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockIncident } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import { readOwnVerdict } from "#lib/incidents/queries/own-verdict";

/**
 * Says in one's own name whether one's page about an incident was useful; null takes the answer back. Says nothing twice. Throws
 * `conflict` while it is open or when it was merged into another, `forbidden` to whoever was not paged about it.
 */
export async function judgePage(
  ctx: Context,
  input: { incidentId: string; useful: boolean | null },
): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  const { incidentId, useful } = input;
  const userId = ctx.actor.type === "user" ? ctx.actor.id : null;
  if (userId === null) throw new AppError("forbidden", "Only a person can say whether a page was useful.");
  await inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const state = await lockIncident(tx, incidentId);
    if (state.status !== "resolved") {
      throw new AppError("conflict", `#${state.number} is open: whether its page was useful is asked later.`);
    }
    const verdict = await readOwnVerdict(tx, { incidentId, userId });
    if (verdict === null) {
      throw new AppError("forbidden", `Only people who were paged about #${state.number} can say so.`);
    }
    if (verdict.useful === useful) return;
    const own = and(eq(pageVerdicts.incidentId, incidentId), eq(pageVerdicts.userId, userId));
    if (useful === null) await tx.delete(pageVerdicts).where(own);
    else {
      await tx
        .insert(pageVerdicts)
        .values({ incidentId, userId, useful, at: now })
        .onConflictDoUpdate({
          target: [pageVerdicts.incidentId, pageVerdicts.userId],
          set: { useful, at: now },
        });
    }
    const log = [{ type: "page_verdict" as const, class: "people" as const, userId, data: { useful } }];
    const fields = [{ field: "page", from: wordOf(verdict.useful), to: wordOf(useful) }];
    await saveChanges(scope, [
      {
        state,
        change: {
          kind: "change",
          topic: "incident.page_judged",
          patch: {},
          log,
          amended: { fields, reason: null },
        },
      },
    ]);
  });
}

function wordOf(useful: boolean | null): string | null {
  if (useful === null) return null;
  return useful ? "useful" : "not useful";
}
