import { and, asc, eq, isNull } from "drizzle-orm";
import { escalationPolicies } from "#db/schema/escalation";
import { services } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockPolicy } from "#lib/escalation/commands/lock-policy";
import { publish } from "#lib/outbox";

/**
 * Takes a policy out of use. Refused while live services use it; open incidents never stand in the way, since they keep their
 * own copy.
 */
export async function deletePolicy(ctx: Context, policyId: string): Promise<void> {
  requirePermission(ctx.actor, "configure");
  await inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const policy = await lockPolicy(tx, policyId);
    const users = await tx
      .select({ name: services.name })
      .from(services)
      .where(and(eq(services.escalationPolicyId, policyId), isNull(services.deletedAt)))
      .orderBy(asc(services.name));
    if (users.length > 0) {
      const names = users.map(({ name }) => name).join(", ");
      throw new AppError("invalid", `Escalation policy can't be deleted while services use it: ${names}`, {
        wireCode: 2001,
      });
    }
    await tx
      .update(escalationPolicies)
      .set({ deletedAt: now, updatedAt: now })
      .where(eq(escalationPolicies.id, policyId));
    await audit(scope, {
      action: "delete",
      objectType: "escalation_policy",
      objectId: policyId,
      objectName: policy.name,
    });
    await publish(scope, {
      topic: "escalation_policy.deleted",
      entityType: "escalation_policy",
      entityId: policyId,
    });
  });
}
