import { and, eq, isNull } from "drizzle-orm";
import { integrations, services } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { inboxRow } from "#lib/events/commands/inbox-row";
import { putIntoInbox } from "#lib/events/commands/put-into-inbox";
import type { InboxRow } from "#lib/events/commands/write-inbox";
import type { NormalisedEvent } from "#lib/events/event";
import { loadMappings } from "#lib/events/queries/load-mappings";
import { sourceAdapter } from "#lib/events/queries/source-adapter";
import type { MappingInForce } from "#lib/events/queries/source-adapter";
import { parseSource } from "#lib/events/sources/parse-source";
import { testMessages } from "#lib/events/test-messages";
import { newId } from "#lib/ids";
import type { IntegrationType } from "#lib/services/integration";
import { kindOfIntegration } from "#lib/services/integration-words";

/**
 * Sends a critical event in an integration's name, in the format of its product, the whole real way: it opens an incident and pages whoever is on call, and says
 * everywhere that it is a test. Answers its dedup key, by which it can be followed and resolved.
 */
export async function sendTestEvent(
  ctx: Context,
  input: { integrationId: string },
): Promise<{ dedupKey: string }> {
  requirePermission(ctx.actor, "incident.respond");
  return inTransaction(ctx, async (scope) => {
    const { integration, serviceName } = await holdIntegration(scope, input.integrationId);
    const id = `test-${newId(scope.now.getTime())}`;
    const mappings = await loadMappings(scope.tx, [integration.id]);
    const test = { id, serviceName, by: scope.actor.name, at: scope.now };
    const row = testRow(integration, test, mappings.get(integration.id) ?? null);
    await putIntoInbox(scope, [row]);
    await audit(scope, {
      action: "send_test_event",
      objectType: "integration",
      objectId: integration.id,
      objectName: integration.name,
      after: { dedupKey: row.dedupKey, format: row.source },
    });
    return { dedupKey: row.dedupKey };
  });
}

async function holdIntegration(scope: TransactionContext, integrationId: string) {
  const [found] = await scope.tx
    .select({
      integration: {
        id: integrations.id,
        name: integrations.name,
        type: integrations.type,
        vendorId: integrations.vendorId,
      },
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

type Test = { id: string; serviceName: string; by: string; at: Date };

/**
 * In the format of the product that the integration is for, read by that product's adapter; else, and where a mapping of the
 * integration's own makes nothing that fires of it, as the Events API has it.
 */
function testRow(
  integration: { id: string; type: IntegrationType; vendorId: string | null },
  test: Test,
  inForce: MappingInForce | null,
): InboxRow {
  const { source } = kindOfIntegration(integration);
  const adapter = source === null ? null : sourceAdapter(source, inForce);
  const messages = source === null ? null : testMessages(source, { ...test, title: titleOf(test) });
  if (adapter && messages) {
    const text = JSON.stringify(messages.fire);
    const parsed = parseSource(adapter, { contentType: "application/json", headers: {}, text });
    const [found] = parsed.kind === "events" ? parsed.events : [];
    if (found?.event.action === "trigger")
      return inboxRow(integration.id, adapter.source, found.event, found.raw);
  }
  return inboxRow(integration.id, "test", testEvent(test));
}

function titleOf({ serviceName }: Test): string {
  return `Test of ${serviceName}: nothing is wrong`;
}

function testEvent(test: Test): NormalisedEvent {
  const { id: dedupKey, by, at } = test;
  return {
    action: "trigger",
    dedupKey,
    summary: titleOf(test).slice(0, 1024),
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
