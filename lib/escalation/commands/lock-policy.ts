import { and, desc, eq, isNull } from "drizzle-orm";
import { escalationPolicies } from "#db/schema/escalation";
import { auditRecords } from "#db/schema/organisation";
import type { Transaction } from "#lib/context";
import { AppError } from "#lib/errors";

type PolicyRow = typeof escalationPolicies.$inferSelect;

/** Reads and locks a live policy. Throws `not_found`. */
export async function lockPolicy(tx: Transaction, policyId: string): Promise<PolicyRow> {
  const [policy] = await tx
    .select()
    .from(escalationPolicies)
    .where(and(eq(escalationPolicies.id, policyId), isNull(escalationPolicies.deletedAt)))
    .for("update");
  if (!policy) throw new AppError("not_found", "There is no such escalation policy.", { wireCode: 1014 });
  return policy;
}

/** Refuses an editor that started from another version than the one in force, naming who published it. */
export async function refuseStaleVersion(
  tx: Transaction,
  policy: PolicyRow,
  expectedVersion: number | null,
): Promise<void> {
  if (expectedVersion === null || expectedVersion === policy.version) return;
  const [last] = await tx
    .select({ actorName: auditRecords.actorName })
    .from(auditRecords)
    .where(and(eq(auditRecords.objectType, "escalation_policy"), eq(auditRecords.objectId, policy.id)))
    .orderBy(desc(auditRecords.at), desc(auditRecords.id))
    .limit(1);
  const by = last ? `${last.actorName} published` : "There is";
  throw new AppError(
    "conflict",
    `${by} version ${policy.version} of ${policy.name} while you were editing version ${expectedVersion}.`,
    {
      fields: [
        {
          field: "expectedVersion",
          message: `is ${expectedVersion}, but version ${policy.version} is in force`,
        },
      ],
      wireCode: 1005,
    },
  );
}
