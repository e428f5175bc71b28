import { connect } from "#db/connect";
import { escalationLevels, escalationPolicies, escalationTargets } from "#db/schema/escalation";
import { integrations, services } from "#db/schema/services";
import type { SeedCredentials, SeedOptions } from "#db/seed/credentials";
import { insertOwner, newIntegrationKey, newPassword, OWNER_EMAIL } from "#db/seed/owner";
import { readNow } from "#lib/context";
import type { Transaction } from "#lib/context";
import { newId } from "#lib/ids";

const SERVICE_NAME = "Default service";

/** An organisation that has just begun: its owner, an API key and one service that pages the owner. */
export async function seedEmpty(databaseUrl: string, options: SeedOptions = {}): Promise<SeedCredentials> {
  const db = connect(databaseUrl, { max: 1, applicationName: "touchline-seed" });
  try {
    return await db.transaction(async (tx) => {
      const now = options.now ?? (await readNow(tx));
      const password = options.password ?? newPassword();
      const { userId, apiKey } = await insertOwner(tx, now, password);
      const key = await insertService(tx, now, userId);
      return {
        apiKey,
        users: [{ email: OWNER_EMAIL, password, role: "owner" }],
        integrations: [{ service: SERVICE_NAME, key }],
      };
    });
  } finally {
    await db.$client.end();
  }
}

async function insertService(tx: Transaction, now: Date, ownerId: string): Promise<string> {
  const id = () => newId(now.getTime());
  const [policyId, levelId, serviceId] = [id(), id(), id()];
  const made = { createdAt: now, updatedAt: now };
  await tx.insert(escalationPolicies).values({
    id: policyId,
    slug: "default",
    name: "Default",
    description: "Pages the owner.",
    numLoops: 2,
    fallbackUserId: ownerId,
    ...made,
  });
  await tx.insert(escalationLevels).values({ id: levelId, policyId, position: 1, delayMinutes: 15 });
  await tx
    .insert(escalationTargets)
    .values({ id: id(), levelId, position: 1, type: "user", userId: ownerId });
  await tx.insert(services).values({
    id: serviceId,
    slug: "default-service",
    name: SERVICE_NAME,
    escalationPolicyId: policyId,
    urgencyRule: { type: "constant", urgency: "severity_based" },
    ...made,
  });
  const key = newIntegrationKey();
  await tx.insert(integrations).values({
    id: id(),
    serviceId,
    name: "Events API v2",
    type: "events_api_v2_inbound_integration",
    key,
    createdAt: now,
  });
  return key;
}
