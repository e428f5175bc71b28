import { inArray, sql } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { refusal, whoOf } from "#lib/incidents/commands/change-incidents";
import { lockIncidents } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import { kindsOn, teach } from "#lib/noise/commands/teach";
import { absorb, mergeInto } from "#lib/incidents/resolve";

const MOST_ALERTS = 1000;

export type MergeInput = { targetId: string; sourceIds: readonly string[] };

/**
 * Folds the sources into the target: their alerts move, they are resolved and point to it. All or nothing. It teaches the grouping that
 * these kinds of alerts belong together.
 */
export async function mergeIncidents(ctx: Context, input: MergeInput): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  const sourceIds = [...new Set(input.sourceIds)].filter((sourceId) => sourceId !== input.targetId);
  if (sourceIds.length === 0) {
    const message = "Name at least one other incident to merge.";
    throw new AppError("invalid", message, { fields: [{ field: "sourceIds", message }] });
  }
  await inTransaction(ctx, async (scope) => {
    const states = await lockIncidents(scope.tx, [input.targetId, ...sourceIds]);
    const target = states.get(input.targetId);
    const sources = sourceIds.flatMap((sourceId) => states.get(sourceId) ?? []);
    if (!target || sources.length !== sourceIds.length) {
      throw new AppError("not_found", "There is no such incident.", { wireCode: 5001 });
    }
    if (target.status === "resolved") throw refusal("already-resolved");
    const [count] = await scope.tx
      .select({ alerts: sql<number>`count(*)::int` })
      .from(alerts)
      .where(inArray(alerts.incidentId, [target.id, ...sourceIds]));
    if (count && count.alerts > MOST_ALERTS) {
      throw new AppError("invalid", `The merged incident would have more than ${MOST_ALERTS} alerts.`);
    }
    const merged = sources.map((state) => {
      const change = mergeInto(state, target, whoOf(scope), scope.now);
      if (change.kind === "refused") throw refusal(change.because);
      return { state, change };
    });
    const kinds = await Promise.all([kindsOn(scope.tx, sourceIds), kindsOn(scope.tx, [target.id])]);
    await teach(scope, kinds, "together", "merge");
    await scope.tx.update(alerts).set({ incidentId: target.id }).where(inArray(alerts.incidentId, sourceIds));
    await saveChanges(scope, [...merged, { state: target, change: absorb(target, sources) }]);
  });
}
