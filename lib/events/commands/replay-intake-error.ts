import { and, eq, isNull } from "drizzle-orm";
import { intakeErrors } from "#db/schema/events";
import { integrations, services } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import { inboxRow } from "#lib/events/commands/inbox-row";
import { putIntoInbox } from "#lib/events/commands/put-into-inbox";
import { readIntakeError } from "#lib/events/commands/read-intake-error";
import type { IntakeErrorRow } from "#lib/events/commands/read-intake-error";
import { loadMappings } from "#lib/events/queries/load-mappings";
import { publish } from "#lib/outbox";

export type ReplayResult = {
  /** Events that went into the inbox. */
  accepted: number;
  /** What came of it, for a person. */
  outcome: string;
};

/**
 * Reads what could not be understood once more, with the adapters of today, and puts its events into the inbox. It counts as replayed
 * once anything of it was understood; until then it can be tried again. Throws `not_found`, and `conflict` when it was replayed already or
 * its integration is gone.
 */
export async function replayIntakeError(ctx: Context, input: { errorId: string }): Promise<ReplayResult> {
  requirePermission(ctx.actor, "configure");
  return inTransaction(ctx, async (scope) => {
    const error = await lockError(scope.tx, input.errorId);
    const integration = await liveIntegration(scope.tx, error.integrationId);
    const mappings = await loadMappings(scope.tx, [integration.id]);
    const { events, outcome } = readIntakeError(error, mappings.get(integration.id) ?? null);
    await putIntoInbox(
      scope,
      events.map(({ event, raw }) => inboxRow(integration.id, error.source, event, raw)),
    );
    const replayedAt = events.length > 0 ? scope.now : null;
    await scope.tx
      .update(intakeErrors)
      .set({ replayedAt, replayOutcome: outcome })
      .where(eq(intakeErrors.id, error.id));
    await audit(scope, {
      action: "replay",
      objectType: "intake_error",
      objectId: error.id,
      objectName: `${error.source}: ${error.reason}`,
      after: { outcome },
    });
    await publish(scope, {
      topic: "intake_error.replayed",
      entityType: "integration",
      entityId: integration.id,
    });
    return { accepted: events.length, outcome };
  });
}

async function lockError(tx: Transaction, errorId: string): Promise<IntakeErrorRow> {
  const [error] = await tx.select().from(intakeErrors).where(eq(intakeErrors.id, errorId)).for("update");
  if (!error) throw new AppError("not_found", "There is no such intake error.");
  if (error.replayedAt) throw new AppError("conflict", "It was replayed already.");
  return error;
}

async function liveIntegration(tx: Transaction, integrationId: string | null) {
  const [integration] = await tx
    .select({ id: integrations.id })
    .from(integrations)
    .innerJoin(services, eq(services.id, integrations.serviceId))
    .where(
      and(
        eq(integrations.id, integrationId ?? ""),
        isNull(integrations.deletedAt),
        isNull(services.deletedAt),
      ),
    );
  if (!integration) {
    throw new AppError("conflict", "Its integration was deleted, so there is nowhere to replay it to.");
  }
  return integration;
}
