import { inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { lockIncident } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";

const LONGEST = 25_000;

/** Adds a note to the timeline, open or resolved; answers the id of its log entry. */
export async function addNote(
  ctx: Context,
  input: { incidentId: string; content: string },
): Promise<{ id: string }> {
  requirePermission(ctx.actor, "incident.respond");
  const content = input.content.trim();
  if (content === "" || content.length > LONGEST) {
    const message = content === "" ? "A note needs words." : `A note has at most ${LONGEST} characters.`;
    throw new AppError("invalid", message, { fields: [{ field: "content", message }] });
  }
  return inTransaction(ctx, async (scope) => {
    const id = newId(scope.now.getTime());
    const state = await lockIncident(scope.tx, input.incidentId);
    const log = [{ id, type: "annotate" as const, class: "people" as const, note: content }];
    await saveChanges(scope, [
      { state, change: { kind: "change", topic: "incident.annotated", patch: {}, log } },
    ]);
    return { id };
  });
}
