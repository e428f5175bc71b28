import { and, eq, isNull } from "drizzle-orm";
import { escalationPolicies } from "#db/schema/escalation";
import { integrations, services } from "#db/schema/services";
import type { Transaction } from "#lib/context";
import { AppError } from "#lib/errors";

/** Reads and locks a live service. Throws `not_found`. */
export async function lockService(tx: Transaction, serviceId: string): Promise<typeof services.$inferSelect> {
  const [service] = await tx
    .select()
    .from(services)
    .where(and(eq(services.id, serviceId), isNull(services.deletedAt)))
    .for("update");
  if (!service) throw new AppError("not_found", "There is no such service.", { wireCode: 5002 });
  return service;
}

/** Reads and locks a live integration. Throws `not_found`. */
export async function lockIntegration(
  tx: Transaction,
  integrationId: string,
): Promise<typeof integrations.$inferSelect> {
  const [integration] = await tx
    .select()
    .from(integrations)
    .where(and(eq(integrations.id, integrationId), isNull(integrations.deletedAt)))
    .for("update");
  if (!integration) throw new AppError("not_found", "There is no such integration.", { wireCode: 2100 });
  return integration;
}

/** Refuses a policy that isn't there, and keeps it from being deleted until this transaction ends. */
export async function holdPolicy(tx: Transaction, policyId: string): Promise<void> {
  const found = await tx
    .select({ id: escalationPolicies.id })
    .from(escalationPolicies)
    .where(and(eq(escalationPolicies.id, policyId), isNull(escalationPolicies.deletedAt)))
    .for("share");
  if (found.length > 0) return;
  throw new AppError("invalid", "Escalation policy does not exist", {
    fields: [{ field: "escalationPolicyId", message: "does not exist" }],
    wireCode: 2001,
  });
}

/** Refuses urgency that goes by support hours or is raised by them, and low urgency that waits for them, where there are none. */
export function requireSupportHours(service: {
  urgencyRule: { type: string };
  raiseUrgencyAt: string | null;
  queueLowUrgency: boolean;
  supportHours: unknown;
}): void {
  if (service.supportHours !== null) return;
  const depends = service.urgencyRule.type === "use_support_hours" || service.raiseUrgencyAt !== null;
  const because = depends ? "the urgency depends on them" : "low urgency waits for them";
  if (!depends && !service.queueLowUrgency) return;
  throw new AppError("invalid", `Support hours are needed when ${because}`, {
    fields: [{ field: "supportHours", message: `are needed when ${because}` }],
    wireCode: 2001,
  });
}

/** The fields that a violated constraint is about. */
export const SERVICE_CONSTRAINTS = {
  services_name_key: { field: "name", message: "has already been taken" },
  services_team_id_teams_id_fk: { field: "teamId", message: "does not exist" },
};
