import { eq } from "drizzle-orm";
import { correctiveActions, problems } from "#db/schema/problems";
import { reviews } from "#db/schema/reviews";
import { changedFields } from "#lib/changed-fields";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { requireOwner } from "#lib/problems/commands/require-owner";
import { actionInputSchema, actionUpdateSchema } from "#lib/problems/schemas";
import type { ActionInput, ActionUpdate } from "#lib/problems/schemas";

type Action = typeof correctiveActions.$inferSelect;

/** Notes a corrective action of a problem, of a review, or of both. */
export async function addAction(ctx: Context, input: ActionInput): Promise<{ id: string }> {
  requirePermission(ctx.actor, "incident.respond");
  const given = parseInput(actionInputSchema, input);
  return inTransaction(ctx, async (scope) => {
    const { tx, now, actor } = scope;
    if (!given.problemId && !given.reviewId) throw homeless("belongs to a problem or a review");
    await requireHomes(scope, given);
    await requireOwner(scope, given.ownerId);
    const id = newId(now.getTime());
    await tx.insert(correctiveActions).values({
      id,
      ...given,
      state: "open",
      createdAt: now,
      createdBy: actor.type === "user" ? actor.id : null,
      updatedAt: now,
    });
    await audit(scope, {
      action: "create",
      objectType: "corrective_action",
      objectId: id,
      objectName: given.title,
      after: given,
    });
    await announce(scope, { id, ...given });
    return { id };
  });
}

/** Changes what is given; done and dropped end it, open and in progress take it up again. */
export async function updateAction(ctx: Context, id: string, input: ActionUpdate): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  const given = parseInput(actionUpdateSchema, input);
  await inTransaction(ctx, async (scope) => {
    const [row] = await scope.tx
      .select()
      .from(correctiveActions)
      .where(eq(correctiveActions.id, id))
      .for("update");
    if (!row) throw new AppError("not_found", `There is no action ${id}.`);
    await requireHomes(scope, given);
    await requireOwner(scope, given.ownerId);
    const { before, after, isChanged } = changedFields(row, given);
    if (!isChanged) return;
    const next = { ...row, ...after };
    const isOver = next.state === "done" || next.state === "dropped";
    const endedAt = isOver ? (row.endedAt ?? scope.now) : null;
    await scope.tx
      .update(correctiveActions)
      .set({ ...after, endedAt, updatedAt: scope.now })
      .where(eq(correctiveActions.id, id));
    await audit(scope, {
      action: "update",
      objectType: "corrective_action",
      objectId: id,
      objectName: next.title,
      before,
      after,
    });
    await announce(scope, next);
  });
}

async function requireHomes(
  { tx }: TransactionContext,
  { problemId, reviewId }: { problemId?: string | null | undefined; reviewId?: string | null | undefined },
): Promise<void> {
  if (problemId) {
    const [row] = await tx.select({ id: problems.id }).from(problems).where(eq(problems.id, problemId));
    if (!row) throw homeless("is of a problem that is not there");
  }
  if (reviewId) {
    const [row] = await tx.select({ id: reviews.id }).from(reviews).where(eq(reviews.id, reviewId));
    if (!row) throw homeless("is of a review that is not there");
  }
}

function homeless(what: string): AppError {
  const message = `An action ${what}.`;
  return new AppError("invalid", message, { fields: [{ field: "problemId", message }] });
}

async function announce(
  scope: TransactionContext,
  { id, problemId, reviewId }: Pick<Action, "id" | "problemId" | "reviewId">,
): Promise<void> {
  const data = { problemId, reviewId };
  await publish(scope, {
    topic: "corrective_action.changed",
    entityType: "corrective_action",
    entityId: id,
    data,
  });
}
