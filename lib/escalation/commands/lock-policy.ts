import { and, eq, isNull } from "drizzle-orm";
import { escalationPolicies } from "#db/schema/escalation";
import type { Transaction } from "#lib/context";
import { AppError } from "#lib/errors";

/** Reads and locks a live policy. Throws `not_found`. */
export async function lockPolicy(
  tx: Transaction,
  policyId: string,
): Promise<typeof escalationPolicies.$inferSelect> {
  const [policy] = await tx
    .select()
    .from(escalationPolicies)
    .where(and(eq(escalationPolicies.id, policyId), isNull(escalationPolicies.deletedAt)))
    // Whoever refers to the policy needn't wait for whoever changes it.
    .for("no key update");
  if (!policy) throw new AppError("not_found", "There is no such escalation policy.", { wireCode: 1014 });
  return policy;
}
