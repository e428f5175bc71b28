import { eq } from "drizzle-orm";
import { problemSuggestions } from "#db/schema/problems";
import { services } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { insertProblem } from "#lib/problems/commands/create-problem";
import { gatherIncidents } from "#lib/problems/commands/gather-incidents";
import { acceptSchema, dismissSchema } from "#lib/problems/schemas";
import type { z } from "zod";

type Suggestion = typeof problemSuggestions.$inferSelect;

/** Makes a problem of what was found; it gathers the incidents of that kind. */
export async function acceptSuggestion(
  ctx: Context,
  id: string,
  input: z.input<typeof acceptSchema>,
): Promise<{ id: string; number: number }> {
  requirePermission(ctx.actor, "incident.respond");
  const { title } = parseInput(acceptSchema, input);
  return inTransaction(ctx, async (scope) => {
    const suggestion = await lockOpen(scope, id);
    const isFeature = suggestion.kind === "feature";
    const problem = await insertProblem(scope, {
      title: title ?? (await titleFor(scope, suggestion)),
      serviceId: isFeature ? null : suggestion.serviceId,
      template: isFeature ? null : suggestion.label,
      feature: isFeature ? suggestion.label : null,
    });
    await gatherIncidents(scope, [problem.id]);
    await decide(scope, suggestion, { state: "accepted", problemId: problem.id });
    return problem;
  });
}

/** Puts a suggestion away. It comes back only when there is much more of it. */
export async function dismissSuggestion(
  ctx: Context,
  id: string,
  input: z.input<typeof dismissSchema>,
): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  const { reason } = parseInput(dismissSchema, input);
  await inTransaction(ctx, async (scope) => {
    const suggestion = await lockOpen(scope, id);
    await decide(scope, suggestion, {
      state: "dismissed",
      dismissReason: reason,
      dismissedCount: suggestion.observed,
    });
  });
}

async function lockOpen({ tx }: TransactionContext, id: string): Promise<Suggestion> {
  const [row] = await tx.select().from(problemSuggestions).where(eq(problemSuggestions.id, id)).for("update");
  if (!row) throw new AppError("not_found", `There is no suggestion ${id}.`);
  if (row.state === "accepted" || row.state === "dismissed") {
    throw new AppError("conflict", `This suggestion was ${row.state} already.`);
  }
  return row;
}

async function decide(
  scope: TransactionContext,
  suggestion: Suggestion,
  decision: Partial<Suggestion>,
): Promise<void> {
  const { tx, now, actor } = scope;
  const decidedBy = actor.type === "user" ? actor.id : null;
  await tx
    .update(problemSuggestions)
    .set({ ...decision, decidedAt: now, decidedBy })
    .where(eq(problemSuggestions.id, suggestion.id));
  await audit(scope, {
    action: decision.state === "accepted" ? "accept" : "dismiss",
    objectType: "problem_suggestion",
    objectId: suggestion.id,
    objectName: suggestion.label,
    after: decision,
  });
  await publish(scope, { topic: "problem.suggestion", entityType: "problem", entityId: suggestion.id });
}

async function titleFor({ tx }: TransactionContext, { kind, label, serviceId }: Suggestion): Promise<string> {
  if (kind === "feature") return `Recurring incidents of ${label}`.slice(0, 255);
  const [service] = await tx.select({ name: services.name }).from(services).where(eq(services.id, serviceId));
  const named = label.toLowerCase().startsWith((service?.name ?? "").toLowerCase());
  const sentence = label.charAt(0).toUpperCase() + label.slice(1);
  return (named ? sentence : `${service?.name ?? "Service"}: ${label}`).slice(0, 255);
}
