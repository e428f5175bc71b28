import type { Context } from "#lib/context";
import { changeIncidents, whoOf } from "#lib/incidents/commands/change-incidents";
import type { ChangeOptions, ChangeResult } from "#lib/incidents/commands/change-incidents";
import { resolve } from "#lib/incidents/resolve";

/** Ends incidents and resolves their alerts. */
export async function resolveIncidents(
  ctx: Context,
  input: { incidentIds: readonly string[]; resolution?: string | null },
  options: Pick<ChangeOptions, "allOrNothing"> = {},
): Promise<ChangeResult[]> {
  return changeIncidents(
    ctx,
    input.incidentIds,
    (state, _facts, scope) =>
      resolve(state, whoOf(scope), scope.now, { resolution: input.resolution ?? null, via: "person" }),
    options,
  );
}
