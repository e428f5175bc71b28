import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import { intakeErrors } from "#db/schema/events";
import { integrations, services } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { inboxRow } from "#lib/events/commands/inbox-row";
import { putIntoInbox } from "#lib/events/commands/put-into-inbox";
import { readIntakeError } from "#lib/events/commands/read-intake-error";
import { loadMappings } from "#lib/events/queries/load-mappings";
import { publish } from "#lib/outbox";

export type ReplayAllResult = {
  /** Errors that were read once more. */
  tried: number;
  /** Of these, how many were understood at least in part. */
  understood: number;
  /** Events that went into the inbox. */
  accepted: number;
  /** Where to go on; null: there are no more. */
  nextAfter: string | null;
};

/** Bounds the memory and the length of a transaction: bodies are up to 5 MB. */
const AT_ONCE = 100;

/**
 * Reads what could not be understood once more, oldest first, up to a hundred at once from after the id `after`: whoever asks goes on
 * until `nextAfter` is null. What is still not understood stays to be done. Those of deleted integrations are passed over.
 */
export async function replayIntakeErrors(
  ctx: Context,
  { after = "" }: { after?: string | undefined },
): Promise<ReplayAllResult> {
  requirePermission(ctx.actor, "configure");
  return inTransaction(ctx, async (scope) => {
    const found = await scope.tx
      .select({ error: intakeErrors, integrationId: integrations.id })
      .from(intakeErrors)
      .innerJoin(integrations, eq(integrations.id, intakeErrors.integrationId))
      .innerJoin(services, eq(services.id, integrations.serviceId))
      .where(
        and(
          isNull(intakeErrors.replayedAt),
          gt(intakeErrors.id, after),
          isNull(integrations.deletedAt),
          isNull(services.deletedAt),
        ),
      )
      .orderBy(asc(intakeErrors.id))
      .limit(AT_ONCE)
      .for("update", { of: intakeErrors, skipLocked: true });
    const mappings = await loadMappings(
      scope.tx,
      found.map(({ integrationId }) => integrationId),
    );
    const read = found.map(({ error, integrationId }) => ({
      ...readIntakeError(error, mappings.get(integrationId) ?? null),
      error,
      integrationId,
    }));
    await putIntoInbox(
      scope,
      read.flatMap(({ events, error, integrationId }) =>
        events.map(({ event, raw }) => inboxRow(integrationId, error.source, event, raw)),
      ),
    );
    await writeOutcomes(
      scope,
      read.map(({ error, events, outcome }) => ({ id: error.id, outcome, is_over: events.length > 0 })),
    );
    const understood = read.filter(({ events }) => events.length > 0);
    const accepted = understood.reduce((sum, { events }) => sum + events.length, 0);
    const [first] = read;
    if (first) {
      await audit(scope, {
        action: "replay",
        objectType: "intake_error",
        objectId: null,
        objectName: `${read.length} intake errors`,
        after: { understood: understood.length, accepted },
      });
      await publish(scope, {
        topic: "intake_error.replayed",
        entityType: "integration",
        entityId: first.integrationId,
      });
    }
    return {
      tried: read.length,
      understood: understood.length,
      accepted,
      nextAfter: read.length === AT_ONCE ? (read.at(-1)?.error.id ?? null) : null,
    };
  });
}

async function writeOutcomes(
  { tx }: TransactionContext,
  outcomes: readonly { id: string; outcome: string; is_over: boolean }[],
): Promise<void> {
  if (outcomes.length === 0) return;
  await tx.execute(sql`
    update intake_errors set
      replay_outcome = done.outcome, replayed_at = case when done.is_over then now() end
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as done (id text, outcome text, is_over boolean)
    where intake_errors.id = done.id`);
}
