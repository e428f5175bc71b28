import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { intakeErrors } from "#db/schema/events";
import { integrations, services } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import { inboxRow } from "#lib/events/commands/inbox-row";
import { putIntoInbox } from "#lib/events/commands/put-into-inbox";
import { EVENT_ACTIONS } from "#lib/events/event";
import type { NormalisedEvent } from "#lib/events/event";
import type { JsonValue } from "#lib/events/json";
import { adapterFor } from "#lib/events/sources/adapters";
import { parseSource } from "#lib/events/sources/parse-source";
import { publish } from "#lib/outbox";

export type ReplayResult = {
  /** Events that went into the inbox. */
  accepted: number;
  /** What came of it, for a person. */
  outcome: string;
};

type IntakeError = typeof intakeErrors.$inferSelect;
const CONFIRMED_ON_ARRIVAL =
  "A subscription is confirmed when its request arrives: ask Amazon SNS for another";

type Reading = { events: { event: NormalisedEvent; raw: JsonValue }[]; outcome: string };

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
    const { events, outcome } = read(error);
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

async function lockError(tx: Transaction, errorId: string): Promise<IntakeError> {
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

function read(error: IntakeError): Reading {
  if (error.source === "inbox") return readProcessed(error.body);
  const adapter = adapterFor(error.source);
  if (!adapter) return { events: [], outcome: `The format '${error.source}' is not known any more` };
  const { contentType, body } = error;
  const parsed = parseSource(adapter, { contentType, headers: {}, text: body });
  if (parsed.kind === "unrecognised") return { events: [], outcome: parsed.reason };
  if (parsed.kind === "confirmation") return { events: [], outcome: CONFIRMED_ON_ARRIVAL };
  const [rejected] = parsed.rejected;
  return {
    events: parsed.events,
    outcome: [
      `${parsed.events.length} accepted, ${parsed.rejected.length} rejected, ${parsed.ignored.length} ignored`,
      ...(rejected ? [rejected.reason] : []),
    ].join(": "),
  };
}

/** An event that was accepted and could not be processed: it is in our own shape already, which its parser guaranteed. */
const storedEvent = z.custom<NormalisedEvent>(
  (value) => z.looseObject({ action: z.enum(EVENT_ACTIONS), summary: z.string() }).safeParse(value).success,
);

function readProcessed(body: string): Reading {
  const event = storedEvent.safeParse(JSON.parse(body));
  return event.success
    ? { events: [{ event: event.data, raw: null }], outcome: "1 accepted" }
    : { events: [], outcome: "The event is not in our own shape" };
}
