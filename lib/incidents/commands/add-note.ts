import { inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
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
  return inTransaction(ctx, (scope) => writeNote(scope, input.incidentId, content));
}

/** A note as part of a larger change, in the name of whoever acts. Throws `not_found`. */
export async function writeNote(
  scope: TransactionContext,
  incidentId: string,
  content: string,
): Promise<{ id: string }> {
  const id = newId(scope.now.getTime());
  const state = await lockIncident(scope.tx, incidentId);
  const log = [{ id, type: "annotate" as const, class: "people" as const, note: content }];
  await saveChanges(scope, [
    { state, change: { kind: "change", topic: "incident.annotated", patch: {}, log } },
  ]);
  return { id };
}
