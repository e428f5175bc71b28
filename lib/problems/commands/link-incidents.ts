import { and, eq, inArray, or, sql } from "drizzle-orm";
import { incidents } from "#db/schema/incidents";
import { problemIncidents } from "#db/schema/problems";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockProblem } from "#lib/problems/commands/lock-problem";
import type { LinkedVia, Relation } from "#lib/problems/problem";
import { linkSchema } from "#lib/problems/schemas";
import type { LinkInput } from "#lib/problems/schemas";

/** Puts an incident, named by number or id, to a problem; also one that was taken out before. */
export async function linkIncident(ctx: Context, problemId: string, input: LinkInput): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  const { incident: ref, relation } = parseInput(linkSchema, input);
  await inTransaction(ctx, async (scope) => {
    const problem = await lockProblem(scope, problemId);
    const number = /^#?\d{1,9}$/.test(ref) ? Number(ref.replace("#", "")) : -1;
    const [incident] = await scope.tx
      .select({ id: incidents.id, number: incidents.number })
      .from(incidents)
      .where(or(eq(incidents.id, ref), eq(incidents.number, number)));
    if (!incident) {
      const message = `There is no incident ${ref}.`;
      throw new AppError("invalid", message, { fields: [{ field: "incident", message }] });
    }
    await insertLinks(scope, problemId, [incident.id], { relation, via: "person" });
    await audit(scope, {
      action: "link_incident",
      objectType: "problem",
      objectId: problemId,
      objectName: problem.title,
      after: { incident: incident.number, relation },
    });
    await publish(scope, { topic: "problem.updated", entityType: "problem", entityId: problemId });
  });
}

/** Takes an incident out of a problem for good: it is not gathered again. */
export async function unlinkIncident(ctx: Context, problemId: string, incidentId: string): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  await inTransaction(ctx, async (scope) => {
    const problem = await lockProblem(scope, problemId);
    const removed = await scope.tx
      .update(problemIncidents)
      .set({ removedAt: scope.now })
      .where(
        and(
          eq(problemIncidents.problemId, problemId),
          inArray(problemIncidents.incidentId, [incidentId]),
          sql`${problemIncidents.removedAt} is null`,
        ),
      )
      .returning({ incidentId: problemIncidents.incidentId });
    if (removed.length === 0) throw new AppError("not_found", "This incident is not part of the problem.");
    await audit(scope, {
      action: "unlink_incident",
      objectType: "problem",
      objectId: problemId,
      objectName: problem.title,
      after: { incidentId },
    });
    await publish(scope, { topic: "problem.updated", entityType: "problem", entityId: problemId });
  });
}

/** Adds the incidents that aren't there; one that was taken out comes back when a person says so. */
export async function insertLinks(
  { tx, now }: TransactionContext,
  problemId: string,
  incidentIds: readonly string[],
  { relation, via }: { relation: Relation; via: LinkedVia },
): Promise<void> {
  if (incidentIds.length === 0) return;
  await tx
    .insert(problemIncidents)
    .values(incidentIds.map((incidentId) => ({ problemId, incidentId, relation, via, linkedAt: now })))
    .onConflictDoUpdate({
      target: [problemIncidents.problemId, problemIncidents.incidentId],
      set: { relation: sql`excluded.relation`, via: sql`excluded.via`, removedAt: null },
    });
}
