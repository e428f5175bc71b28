import { eq } from "drizzle-orm";
import { incidents } from "#db/schema/incidents";
import { reviews } from "#db/schema/reviews";
import { changedFields } from "#lib/changed-fields";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { requireOwner } from "#lib/problems/commands/require-owner";
import { reviewRefusal } from "#lib/reviews/review";
import { reviewUpdateSchema } from "#lib/reviews/schemas";
import type { ReviewUpdate } from "#lib/reviews/schemas";
import { refuseStaleVersion } from "#lib/stale-version";

/** Changes what is given. Throws `conflict` for an editor who started from an older version, and where too little is written to publish. */
export async function updateReview(
  ctx: Context,
  id: string,
  input: ReviewUpdate,
): Promise<{ version: number }> {
  requirePermission(ctx.actor, "incident.respond");
  const { expectedVersion, ...given } = parseInput(reviewUpdateSchema, input);
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const [row] = await tx.select().from(reviews).where(eq(reviews.id, id)).for("update");
    if (!row) throw new AppError("not_found", `There is no review ${id}.`);
    const [incident] = await tx
      .select({ number: incidents.number, title: incidents.title })
      .from(incidents)
      .where(eq(incidents.id, row.incidentId));
    const name = `#${incident?.number} ${incident?.title}`;
    await refuseStaleVersion(tx, { objectType: "review", id, name, version: row.version }, expectedVersion);
    await requireOwner(scope, given.ownerId);
    const { before, after, isChanged } = changedFields(row, given);
    if (!isChanged) return { version: row.version };
    const next = { ...row, ...after };
    const refusal = reviewRefusal(next.state, next);
    if (refusal) throw new AppError("conflict", refusal, { fields: [{ field: "state", message: refusal }] });
    const version = row.version + 1;
    const publishedAt = next.state === "published" ? (row.publishedAt ?? now) : null;
    await tx
      .update(reviews)
      .set({ ...after, version, publishedAt, updatedAt: now })
      .where(eq(reviews.id, id));
    await audit(scope, {
      action: after.state === undefined ? "update" : "move",
      objectType: "review",
      objectId: id,
      objectName: name,
      before,
      after,
    });
    await publish(scope, { topic: "review.updated", entityType: "review", entityId: id });
    return { version };
  });
}
