import type { Context } from "#lib/context";
import { unacknowledge } from "#lib/incidents/assign";
import { changeIncidents } from "#lib/incidents/commands/change-incidents";
import type { ChangeOptions, ChangeResult } from "#lib/incidents/commands/change-incidents";

/** Gives acknowledged incidents back: those who had them and whoever is on call now are paged. */
export async function unacknowledgeIncidents(
  ctx: Context,
  input: { incidentIds: readonly string[] },
  options: Pick<ChangeOptions, "allOrNothing"> = {},
): Promise<ChangeResult[]> {
  return changeIncidents(
    ctx,
    input.incidentIds,
    (state, facts, scope) => unacknowledge(state, facts, scope.now, "manual"),
    { ...options, onCall: true },
  );
}
