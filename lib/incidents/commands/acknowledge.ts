import type { Context } from "#lib/context";
import { acknowledge } from "#lib/incidents/acknowledge";
import { changeIncidents, only, whoOf } from "#lib/incidents/commands/change-incidents";
import type { ChangeOptions, ChangeResult } from "#lib/incidents/commands/change-incidents";

/** Takes the incidents; cancels every queued page of each in the same transaction. */
export async function acknowledgeIncidents(
  ctx: Context,
  input: { incidentIds: readonly string[] },
  options: Pick<ChangeOptions, "allOrNothing"> = {},
): Promise<ChangeResult[]> {
  return changeIncidents(
    ctx,
    input.incidentIds,
    (state, _facts, scope) => acknowledge(state, whoOf(scope), scope.now),
    options,
  );
}

/** Takes one incident. Throws `already_resolved` or `not_found`. */
export async function acknowledgeIncident(
  ctx: Context,
  input: { incidentId: string },
): Promise<ChangeResult> {
  return only(await acknowledgeIncidents(ctx, { incidentIds: [input.incidentId] }));
}
