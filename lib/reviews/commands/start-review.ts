import { eq, or } from "drizzle-orm";
import { incidents, priorities } from "#db/schema/incidents";
import { reviews } from "#db/schema/reviews";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { reviewDays, weekdaysAfter } from "#lib/reviews/review";
import { reviewInputSchema } from "#lib/reviews/schemas";
import type { ReviewInput } from "#lib/reviews/schemas";

/** Begins the review of a resolved incident, owned by whoever begins it; the one that is there, if there is one. */
export async function startReview(ctx: Context, input: ReviewInput): Promise<{ id: string; number: number }> {
  requirePermission(ctx.actor, "incident.respond");
  const { incident: ref } = parseInput(reviewInputSchema, input);
  return inTransaction(ctx, async (scope) => {
    const { tx, now, actor } = scope;
    const number = /^\d{1,9}$/.test(ref) ? Number(ref) : -1;
    // The incident's row is held, so that two people who begin at once share one review.
    const [incident] = await tx
      .select({
        id: incidents.id,
        number: incidents.number,
        title: incidents.title,
        resolvedAt: incidents.resolvedAt,
        priorityId: incidents.priorityId,
      })
      .from(incidents)
      .where(or(eq(incidents.id, ref), eq(incidents.number, number)))
      .for("no key update");
    if (!incident) throw new AppError("not_found", `There is no incident ${ref}.`);
    const [known] = await tx
      .select({ id: reviews.id })
      .from(reviews)
      .where(eq(reviews.incidentId, incident.id));
    if (known) return { id: known.id, number: incident.number };
    if (!incident.resolvedAt) {
      throw new AppError("conflict", "An incident is reviewed after it is resolved.");
    }
    const [priority] = await tx
      .select({ rank: priorities.rank })
      .from(priorities)
      .where(eq(priorities.id, incident.priorityId ?? ""));
    const id = newId(now.getTime());
    const userId = actor.type === "user" ? actor.id : null;
    await tx.insert(reviews).values({
      id,
      incidentId: incident.id,
      state: "draft",
      ownerId: userId,
      dueOn: weekdaysAfter(incident.resolvedAt, reviewDays(priority?.rank ?? null)),
      createdAt: now,
      createdBy: userId,
      updatedAt: now,
    });
    await audit(scope, {
      action: "create",
      objectType: "review",
      objectId: id,
      objectName: `#${incident.number} ${incident.title}`,
    });
    await publish(scope, { topic: "review.created", entityType: "review", entityId: id });
    return { id, number: incident.number };
  });
}
