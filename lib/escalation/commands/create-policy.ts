import { escalationPolicies } from "#db/schema/escalation";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations, TAKEN } from "#lib/database-errors";
import { checkReferences } from "#lib/escalation/commands/check-references";
import { writeLevels } from "#lib/escalation/commands/write-levels";
import { policyInputSchema } from "#lib/escalation/schemas";
import type { PolicyInput } from "#lib/escalation/schemas";
import { parseInput } from "#lib/parse-input";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { freeSlug } from "#lib/slugs";

export async function createPolicy(ctx: Context, input: PolicyInput): Promise<{ id: string; slug: string }> {
  requirePermission(ctx.actor, "configure");
  const { levels, ...policy } = parseInput(policyInputSchema, input);
  return refuseViolations({ escalation_policies_name_key: { field: "name", message: TAKEN } }, () =>
    inTransaction(ctx, async (scope) => {
      const { tx, now } = scope;
      await checkReferences(tx, { ...policy, levels });
      const id = newId(now.getTime());
      const slug = await freeSlug(tx, escalationPolicies, policy.name, id);
      await tx.insert(escalationPolicies).values({ ...policy, id, slug, createdAt: now, updatedAt: now });
      await writeLevels(tx, id, levels);
      await audit(scope, {
        action: "create",
        objectType: "escalation_policy",
        objectId: id,
        objectName: policy.name,
        after: { ...policy, levels },
      });
      await publish(scope, {
        topic: "escalation_policy.created",
        entityType: "escalation_policy",
        entityId: id,
      });
      return { id, slug };
    }),
  );
}
