import { inArray } from "drizzle-orm";
import { incidents } from "#db/schema/incidents";
import { problems } from "#db/schema/problems";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { gatherIncidents } from "#lib/problems/commands/gather-incidents";
import { insertLinks } from "#lib/problems/commands/link-incidents";
import { requireOwner } from "#lib/problems/commands/require-owner";
import { templateOf } from "#lib/problems/template";
import { problemInputSchema } from "#lib/problems/schemas";
import type { ProblemInput } from "#lib/problems/schemas";

/** Opens a problem. With `gather` it gathers the incidents that are of the kind of the first one, before and from now on. */
export async function createProblem(
  ctx: Context,
  input: ProblemInput,
): Promise<{ id: string; number: number }> {
  requirePermission(ctx.actor, "incident.respond");
  const { gather, incidentIds, ...given } = parseInput(problemInputSchema, input);
  return inTransaction(ctx, async (scope) => {
    await requireOwner(scope, given.ownerId);
    const found = await incidentsOf(scope, incidentIds);
    const [first] = found;
    const serviceId = given.serviceId ?? first?.serviceId ?? null;
    const template = gather && first ? templateOf(first.title) : null;
    const problem = await insertProblem(scope, { ...given, serviceId, template });
    await insertLinks(
      scope,
      problem.id,
      found.map(({ id }) => id),
      { relation: "caused_by", via: "person" },
    );
    await gatherIncidents(scope, [problem.id]);
    return problem;
  });
}

type NewProblem = Pick<typeof problems.$inferInsert, "title" | "serviceId" | "template" | "feature"> &
  Partial<Pick<typeof problems.$inferInsert, "ownerId" | "cause" | "workaround" | "dueOn">>;

/** Writes the row, its audit record and its notice. */
export async function insertProblem(
  scope: TransactionContext,
  values: NewProblem,
): Promise<{ id: string; number: number }> {
  const { tx, now, actor } = scope;
  const id = newId(now.getTime());
  const [row] = await tx
    .insert(problems)
    .values({
      id,
      ...values,
      state: "suspected",
      stateChangedAt: now,
      createdAt: now,
      updatedAt: now,
      createdBy: actor.type === "user" ? actor.id : null,
    })
    .returning({ number: problems.number });
  await audit(scope, {
    action: "create",
    objectType: "problem",
    objectId: id,
    objectName: values.title,
    after: values,
  });
  await publish(scope, { topic: "problem.created", entityType: "problem", entityId: id });
  return { id, number: row?.number ?? 0 };
}

async function incidentsOf({ tx }: TransactionContext, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ id: incidents.id, title: incidents.title, serviceId: incidents.serviceId })
    .from(incidents)
    .where(inArray(incidents.id, [...ids]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    if (row) return row;
    const message = `There is no incident ${id}.`;
    throw new AppError("invalid", message, { fields: [{ field: "incidentIds", message }] });
  });
}
