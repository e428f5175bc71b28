import { eq } from "drizzle-orm";
import { savedViews } from "#db/schema/report-sharing";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations } from "#lib/database-errors";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { parseInput } from "#lib/parse-input";
import { publish } from "#lib/outbox";
import { hasPermission, isSelf } from "#lib/people/permissions";
import { viewInputSchema } from "#lib/reports/schemas";
import type { ViewInput } from "#lib/reports/schemas";

const CONSTRAINTS = { saved_views_name_key: { field: "name", message: "is taken by another view of yours" } };

/** Keeps a list or report with its filters under a name, for oneself or for everybody. */
export async function saveView(ctx: Context, input: ViewInput): Promise<{ id: string }> {
  requirePermission(ctx.actor, "read");
  const wanted = parseInput(viewInputSchema, input);
  const userId = ctx.actor.type === "user" ? ctx.actor.id : null;
  if (userId === null) throw new AppError("invalid", "Only a person can keep a view.");
  return refuseViolations(CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const id = newId(scope.now.getTime());
      await scope.tx.insert(savedViews).values({ id, userId, ...wanted, createdAt: scope.now });
      await audit(scope, {
        action: "create",
        objectType: "saved_view",
        objectId: id,
        objectName: wanted.name,
        after: wanted,
      });
      await publish(scope, { topic: "saved_view.created", entityType: "saved_view", entityId: id });
      return { id };
    }),
  );
}

/** Forgets a view: one's own, or, with the right to configure, a shared one. */
export async function removeView(ctx: Context, { viewId }: { viewId: string }): Promise<void> {
  requirePermission(ctx.actor, "read");
  await inTransaction(ctx, async (scope) => {
    const [view] = await scope.tx.select().from(savedViews).where(eq(savedViews.id, viewId)).for("update");
    const isOwn = view !== undefined && isSelf(ctx.actor, view.userId);
    if (!view || (!isOwn && !view.shared)) throw new AppError("not_found", "There is no such view.");
    if (!isOwn && !hasPermission(ctx.actor.role, "configure")) {
      throw new AppError("forbidden", "Only its owner or a manager can remove a shared view.", {
        wireCode: 2010,
      });
    }
    await scope.tx.delete(savedViews).where(eq(savedViews.id, viewId));
    await audit(scope, {
      action: "delete",
      objectType: "saved_view",
      objectId: viewId,
      objectName: view.name,
    });
    await publish(scope, { topic: "saved_view.deleted", entityType: "saved_view", entityId: viewId });
  });
}
