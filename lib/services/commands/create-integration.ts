import { randomBytes } from "node:crypto";
import { integrations } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { refuseViolations, TAKEN } from "#lib/database-errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockService } from "#lib/services/commands/lock-service";
import { integrationInputSchema } from "#lib/services/schemas";
import type { IntegrationType } from "#lib/services/integration";
import type { IntegrationInput } from "#lib/services/schemas";

/** 128 random bits as 32 hexadecimal digits: what monitors send as routing key. */
export function newIntegrationKey(): string {
  return randomBytes(16).toString("hex");
}

/** Gives a service one more way in. The audit log never holds the key. */
export async function createIntegration(
  ctx: Context,
  input: IntegrationInput,
): Promise<{ id: string; key: string }> {
  requirePermission(ctx.actor, "configure");
  const parsed = parseInput(integrationInputSchema, input);
  return refuseViolations({ integrations_key_key: { field: "key", message: TAKEN } }, () =>
    inTransaction(ctx, (scope) => insertIntegration(scope, parsed)),
  );
}

/** The integration of a service, as part of a person's change; `settings` of its kind go into the audit record. Throws `not_found`. */
export async function insertIntegration(
  scope: TransactionContext,
  input: {
    serviceId: string;
    name: string;
    type: IntegrationType;
    vendorId?: string | null;
    key?: string | undefined;
  },
  settings: Record<string, unknown> = {},
): Promise<{ id: string; key: string }> {
  const { serviceId, name, type, vendorId = null, key = newIntegrationKey() } = input;
  const { tx, now } = scope;
  const service = await lockService(tx, serviceId);
  const id = newId(now.getTime());
  await tx.insert(integrations).values({ id, serviceId, name, type, vendorId, key, createdAt: now });
  await audit(scope, {
    action: "create",
    objectType: "integration",
    objectId: id,
    objectName: `${service.name}: ${name}`,
    after: { name, type, serviceId, ...settings },
  });
  await publish(scope, { topic: "integration.created", entityType: "service", entityId: serviceId });
  return { id, key };
}
