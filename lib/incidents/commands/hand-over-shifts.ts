import type { TransactionContext } from "#lib/context";
import { lockOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { lockIncidents } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import type { SavedChange } from "#lib/incidents/commands/save-changes";
import { handOverShift } from "#lib/incidents/shift-change";

/** Pages whoever came on call for these incidents since they were told; answers how many changed. */
export async function handOverShifts(
  scope: TransactionContext,
  incidentIds: readonly string[],
): Promise<number> {
  const states = [...(await lockIncidents(scope.tx, incidentIds)).values()];
  if (states.length === 0) return 0;
  const facts = await lockOnCallFacts(
    scope,
    states.map(({ policy }) => policy),
  );
  const changes = states.flatMap((state): SavedChange[] => {
    const change = handOverShift(state, facts);
    return change.kind === "change" ? [{ state, change }] : [];
  });
  await saveChanges(scope, changes);
  return changes.length;
}
