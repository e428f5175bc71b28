import { inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockIncident } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import { settleAnswers } from "#lib/incidents/commands/settle-answers";

/** Joins an incident one was asked to join, or declines. Throws `conflict` when nobody asks (any more). */
export async function answerResponderRequest(
  ctx: Context,
  input: { incidentId: string; answer: "joined" | "declined" },
): Promise<void> {
  requirePermission(ctx.actor, "read");
  const { incidentId, answer } = input;
  const userId = ctx.actor.type === "user" ? ctx.actor.id : null;
  if (userId === null) throw new AppError("forbidden", "Only a person can answer a request to join.");
  await inTransaction(ctx, async (scope) => {
    const state = await lockIncident(scope.tx, incidentId);
    if (!(await settleAnswers(scope, { incidentId, userId, state: answer }))) {
      throw new AppError("conflict", `Nobody asks you to join #${state.number} any more.`);
    }
    const log = [
      { type: "responder_reply" as const, class: "people" as const, userId, data: { state: answer } },
    ];
    await saveChanges(scope, [
      { state, change: { kind: "change", topic: "incident.responder_replied", patch: {}, log } },
    ]);
  });
}
