import { eq } from "drizzle-orm";
import { problems } from "#db/schema/problems";
import { changedFields } from "#lib/changed-fields";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { gatherIncidents } from "#lib/problems/commands/gather-incidents";
import { lockProblem } from "#lib/problems/commands/lock-problem";
import type { LockedProblem } from "#lib/problems/commands/lock-problem";
import { requireOwner } from "#lib/problems/commands/require-owner";
import { isOpen, refusalOf } from "#lib/problems/problem";
import { problemUpdateSchema } from "#lib/problems/schemas";
import type { ProblemUpdate } from "#lib/problems/schemas";

/**
 * Changes what is given of a problem, its column on the board included. Verifying begins with a fix, now unless another instant is
 * given. Throws `conflict` where a known error would have no workaround.
 */
export async function updateProblem(ctx: Context, id: string, input: ProblemUpdate): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  const { fixedAt, ...wanted } = parseInput(problemUpdateSchema, input);
  await inTransaction(ctx, async (scope) => {
    const row = await lockProblem(scope, id);
    await requireOwner(scope, wanted.ownerId);
    const given = { ...wanted, fixedAt: fixAfter(row, wanted.state, fixedAt, scope.now) };
    const { before, after, isChanged } = changedFields(row, given);
    if (!isChanged) return;
    const next = { ...row, ...after };
    const refusal = refusalOf(next.state, next);
    if (refusal)
      throw new AppError("conflict", refusal, { fields: [{ field: "workaround", message: refusal }] });
    if (after.fixedAt && after.fixedAt > scope.now) {
      const message = "The fix can't be in place later than now.";
      throw new AppError("invalid", message, { fields: [{ field: "fixedAt", message }] });
    }
    await scope.tx
      .update(problems)
      .set({ ...after, updatedAt: scope.now, ...(after.state ? { stateChangedAt: scope.now } : {}) })
      .where(eq(problems.id, id));
    if (after.state && isOpen(after.state) && !isOpen(row.state)) await gatherIncidents(scope, [id]);
    await audit(scope, {
      action: after.state ? "move" : "update",
      objectType: "problem",
      objectId: id,
      objectName: next.title,
      before,
      after,
    });
    await publish(scope, { topic: "problem.updated", entityType: "problem", entityId: id });
  });
}

function fixAfter(
  row: LockedProblem,
  state: LockedProblem["state"] | undefined,
  given: string | null | undefined,
  now: Date,
): Date | null | undefined {
  if (given !== undefined) return given === null ? null : new Date(given);
  return state === "verifying" && row.state !== "verifying" && row.fixedAt === null ? now : undefined;
}
