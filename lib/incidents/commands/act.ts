import type { Context } from "#lib/context";
import { acknowledgeIncidents } from "#lib/incidents/commands/acknowledge";
import type { ChangeResult } from "#lib/incidents/commands/change-incidents";
import { escalateIncidents } from "#lib/incidents/commands/escalate";
import { mergeIncidents } from "#lib/incidents/commands/merge";
import { reassignIncidents } from "#lib/incidents/commands/reassign";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import { snoozeIncidents } from "#lib/incidents/commands/snooze";
import { unacknowledgeIncidents } from "#lib/incidents/commands/unacknowledge";
import type { BulkAction } from "#lib/incidents/schemas";

/** Carries out one action of the lists on every named incident and tells what became of each; a merge is all or nothing. */
export async function actOnIncidents(ctx: Context, action: BulkAction): Promise<ChangeResult[]> {
  const { incidentIds } = action;
  switch (action.action) {
    case "acknowledge":
      return acknowledgeIncidents(ctx, { incidentIds });
    case "unacknowledge":
      return unacknowledgeIncidents(ctx, { incidentIds });
    case "resolve":
      return resolveIncidents(ctx, { incidentIds, resolution: action.resolution ?? null });
    case "snooze":
      return snoozeIncidents(ctx, { incidentIds, seconds: action.seconds });
    case "escalate":
      return escalateIncidents(ctx, {
        incidentIds,
        ...(action.level === undefined ? {} : { level: action.level }),
      });
    case "reassign":
      return reassignIncidents(ctx, { incidentIds, to: { userIds: action.userIds } });
    case "delegate":
      return reassignIncidents(ctx, { incidentIds, to: { policyId: action.policyId } });
    case "merge":
      await mergeIncidents(ctx, { targetId: action.targetId, sourceIds: incidentIds });
      return [];
  }
}
