import { inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { lockPolicy } from "#lib/escalation/commands/lock-policy";
import { afterTurns } from "#lib/escalation/choose-people";
import { findOlderCopies } from "#lib/escalation/queries/older-copies";
import { snapshotPolicy } from "#lib/escalation/queries/snapshot-policies";
import { applyPolicy as decide } from "#lib/incidents/apply-policy";
import { lockOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { lockIncidents } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import { refuseStaleVersion } from "#lib/stale-version";

/**
 * Lets the open incidents of a policy follow it as it is now, at most 250 at once, in one transaction; answers how many did. Throws
 * `conflict` when the policy is no longer the version that was looked at.
 */
export async function applyPolicy(
  ctx: Context,
  input: { policyId: string; expectedVersion: number },
): Promise<{ applied: number }> {
  requirePermission(ctx.actor, "configure");
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const found = await lockPolicy(tx, input.policyId);
    await refuseStaleVersion(tx, { ...found, objectType: "escalation_policy" }, input.expectedVersion);
    const older = await findOlderCopies(tx, found);
    const states = await lockIncidents(
      tx,
      older.map(({ id }) => id),
    );
    const policy = await snapshotPolicy(tx, found.id);
    let facts = await lockOnCallFacts(scope, [policy]);
    const changes = [...states.values()]
      // Resolved, or handed to another policy, while this waited for it.
      .filter((state) => state.status !== "resolved" && state.policy.policyId === found.id)
      .map((state) => {
        const change = decide(state, policy, facts, now);
        facts = afterTurns(facts, change.rings);
        return { state, change };
      });
    await saveChanges(scope, changes);
    return { applied: changes.length };
  });
}
