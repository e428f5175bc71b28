import { asc, isNull } from "drizzle-orm";
import { escalationPolicies } from "#db/schema/escalation";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";

/** The live policies by name, to choose one. */
export async function listPolicyNames(ctx: Context): Promise<{ id: string; name: string }[]> {
  requirePermission(ctx.actor, "read");
  return ctx.db
    .select({ id: escalationPolicies.id, name: escalationPolicies.name })
    .from(escalationPolicies)
    .where(isNull(escalationPolicies.deletedAt))
    .orderBy(asc(escalationPolicies.name));
}
