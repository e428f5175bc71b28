import type { Context } from "#lib/context";
import { escalate } from "#lib/incidents/assign";
import { changeIncidents, only } from "#lib/incidents/commands/change-incidents";
import type { ChangeOptions, ChangeResult } from "#lib/incidents/commands/change-incidents";

/** Moves incidents to the next level, or to the named one. */
export async function escalateIncidents(
  ctx: Context,
  input: { incidentIds: readonly string[]; level?: number },
  options: Pick<ChangeOptions, "allOrNothing"> = {},
): Promise<ChangeResult[]> {
  const how =
    input.level === undefined ? { kind: "manual" as const } : { kind: "manual" as const, level: input.level };
  return changeIncidents(
    ctx,
    input.incidentIds,
    (state, facts, scope) => escalate(state, facts, scope.now, how),
    { ...options, onCall: true },
  );
}

/** Moves one incident on. Throws its refusal. */
export async function escalateIncident(
  ctx: Context,
  input: { incidentId: string; level?: number },
): Promise<ChangeResult> {
  const { incidentId, ...rest } = input;
  return only(await escalateIncidents(ctx, { incidentIds: [incidentId], ...rest }));
}
