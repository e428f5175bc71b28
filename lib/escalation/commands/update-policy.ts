import { eq } from "drizzle-orm";
import { escalationPolicies } from "#db/schema/escalation";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations, TAKEN } from "#lib/database-errors";
import { checkReferences } from "#lib/escalation/commands/check-references";
import { lockPolicy } from "#lib/escalation/commands/lock-policy";
import { writeLevels } from "#lib/escalation/commands/write-levels";
import { loadLevels } from "#lib/escalation/queries/levels";
import { policyUpdateSchema } from "#lib/escalation/schemas";
import type { PolicyUpdate } from "#lib/escalation/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { refuseStaleVersion } from "#lib/stale-version";

/** Replaces a whole policy; open incidents keep the copy they took. Throws `conflict` when somebody else published meanwhile. */
export async function updatePolicy(
  ctx: Context,
  input: PolicyUpdate,
): Promise<{ id: string; version: number }> {
  requirePermission(ctx.actor, "configure");
  const { policyId, expectedVersion, levels, ...policy } = parseInput(policyUpdateSchema, input);
  return refuseViolations({ escalation_policies_name_key: { field: "name", message: TAKEN } }, () =>
    inTransaction(ctx, async (scope) => {
      const { tx, now } = scope;
      const before = await lockPolicy(tx, policyId);
      await refuseStaleVersion(tx, { ...before, objectType: "escalation_policy" }, expectedVersion);
      const levelsBefore = (await loadLevels(tx, [policyId])).get(policyId) ?? [];
      const kept = new Set(
        levelsBefore.flatMap(({ targets }) => targets.filter(isPerson).map(({ id }) => id)),
      );
      const { tell, policyId: successor } = before.nobodyAnswered;
      const others = [before.fallbackUserId, tell?.type === "user" ? tell.id : null, successor ?? null];
      for (const id of others) if (id) kept.add(id);
      await checkReferences(tx, { ...policy, levels }, { kept, ownId: policyId });
      const version = before.version + 1;
      await tx
        .update(escalationPolicies)
        .set({ ...policy, version, updatedAt: now })
        .where(eq(escalationPolicies.id, policyId));
      await writeLevels(tx, policyId, levels);
      const { name, description, numLoops, teamId, fallbackUserId, onCallHandoffNotifications } = before;
      const { nobodyAnswered } = before;
      await audit(scope, {
        action: "update",
        objectType: "escalation_policy",
        objectId: policyId,
        objectName: policy.name,
        before: {
          name,
          description,
          numLoops,
          teamId,
          fallbackUserId,
          onCallHandoffNotifications,
          nobodyAnswered,
          levels: levelsBefore.map(({ position: _position, targets, ...level }) => ({
            ...level,
            targets: targets.map(({ type, id }) => ({ type, id })),
          })),
        },
        after: { ...policy, levels },
      });
      await publish(scope, {
        topic: "escalation_policy.updated",
        entityType: "escalation_policy",
        entityId: policyId,
      });
      return { id: policyId, version };
    }),
  );
}

function isPerson({ type }: { type: string }): boolean {
  return type === "user";
}
