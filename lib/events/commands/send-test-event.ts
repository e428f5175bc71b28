import { and, eq, isNull } from "drizzle-orm";
import { integrations, services } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { inboxRow } from "#lib/events/commands/inbox-row";
import { putIntoInbox } from "#lib/events/commands/put-into-inbox";
import type { NormalisedEvent } from "#lib/events/event";
import { newId } from "#lib/ids";

/**
 * Sends a critical event in an integration's name the whole real way: it opens an incident and pages whoever is on call, and says
 * everywhere that it is a test. Answers its dedup key, by which it can be followed and resolved.
 */
export async function sendTestEvent(
  ctx: Context,
  input: { integrationId: string },
): Promise<{ dedupKey: string }> {
  requirePermission(ctx.actor, "incident.respond");
  return inTransaction(ctx, async (scope) => {
    const { integration, serviceName } = await holdIntegration(scope, input.integrationId);
    const dedupKey = `test-${newId(scope.now.getTime())}`;
    const event = testEvent({ dedupKey, serviceName, by: scope.actor.name, at: scope.now });
    await putIntoInbox(scope, [inboxRow(integration.id, "test", event)]);
    await audit(scope, {
      action: "send_test_event",
      objectType: "integration",
      objectId: integration.id,
      objectName: integration.name,
      after: { dedupKey },
    });
    return { dedupKey };
  });
}

async function holdIntegration(scope: TransactionContext, integrationId: string) {
  const [found] = await scope.tx
    .select({
      integration: { id: integrations.id, name: integrations.name },
      serviceName: services.name,
      disabledAt: services.disabledAt,
    })
    .from(integrations)
    .innerJoin(services, eq(services.id, integrations.serviceId))
    .where(
      and(eq(integrations.id, integrationId), isNull(integrations.deletedAt), isNull(services.deletedAt)),
    )
    .for("share", { of: integrations });
  if (!found) throw new AppError("not_found", "There is no such integration.", { wireCode: 2100 });
  if (found.disabledAt) {
    throw new AppError("conflict", "The service is disabled: enable it, or the test would open nothing.");
  }
  return found;
}

function testEvent(facts: { dedupKey: string; serviceName: string; by: string; at: Date }): NormalisedEvent {
  const { dedupKey, serviceName, by, at } = facts;
  return {
    action: "trigger",
    dedupKey,
    summary: `Test of ${serviceName}: nothing is wrong`.slice(0, 1024),
    source: "Touchline",
    severity: "critical",
    timestamp: at.toISOString(),
    component: null,
    group: null,
    class: "test",
    customDetails: { test: true, "sent by": by, what: "A test event, sent to see that pages arrive." },
    links: [],
    images: [],
    client: null,
    clientUrl: null,
    warnings: [],
  };
}
