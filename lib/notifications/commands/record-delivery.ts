import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { chatMessages } from "#db/schema/chat-messages";
import { logEntries } from "#db/schema/incidents";
import { deliveries, deliveryStates } from "#db/schema/notifications";
import { contactMethods } from "#db/schema/people";
import { inTransaction, SYSTEM } from "#lib/context";
import type { TransactionContext } from "#lib/context";
import { newId } from "#lib/ids";
import { metrics } from "#lib/metrics";
import { refreshFacts } from "#lib/incidents/commands/refresh-facts";
import { recordInterruption } from "#lib/notifications/commands/record-interruptions";
import { maskAddress } from "#lib/notifications/address";
import { FAILURES_OF_BLOCKED, spreadOf } from "#lib/notifications/backoff";
import type { ClaimedDelivery } from "#lib/notifications/commands/claim-deliveries";
import { endPageIfDone, pullForward } from "#lib/notifications/commands/end-page";
import { ENDED_STATES, settle } from "#lib/notifications/delivery";
import type { Outcome, SendResult } from "#lib/notifications/delivery";
import { publish } from "#lib/outbox";

export type DeliveryResult = SendResult | { kind: "cancelled" | "expired"; because: string };

/**
 * Writes down what came of a claimed delivery: its state, the notification log, the timeline, the contact method, and what follows from
 * a failure. Answers false, and changes nothing, when the claim was lost: its lease ran out and another engine has it.
 *
 * Locks in the order incident, page, delivery, as the incident commands do, so that they can't deadlock.
 */
export async function recordDelivery(
  db: Database,
  engineId: string,
  claim: ClaimedDelivery,
  result: DeliveryResult,
): Promise<boolean> {
  const recorded = await inTransaction({ db, actor: SYSTEM }, async (scope) => {
    const pageActive = await lockPage(scope, claim);
    const outcome = settle({
      result,
      failures: claim.failures,
      now: scope.now,
      expiresAt: claim.expiresAt,
      pageActive,
      spread: spreadOf(claim.bundleId ?? claim.deliveryId),
    });
    if (!(await writeState(scope, engineId, claim, result, outcome))) {
      return (await finishConfirmed(scope, claim, result)) ? "accepted" : null;
    }
    await writeContactMethod(scope, claim, result);
    await writeChatMessage(scope, claim, result);
    if (claim.urgency === "high" && isBlockedBy(claim, outcome)) await pullForward(scope, claim);
    await endPageIfDone(scope, claim);
    await tell(scope, claim, outcome);
    return outcome.state;
  });
  if (recorded !== null) metrics().deliveries.inc({ channel: claim.channel, result: recorded });
  return recorded !== null;
}

/** Whether the way failed for good, or has just failed so often that the next one must not wait for it. */
function isBlockedBy({ failures }: ClaimedDelivery, { state }: Outcome): boolean {
  return state === "failed" || (state === "retrying" && failures + 1 === FAILURES_OF_BLOCKED);
}

async function lockPage(scope: TransactionContext, claim: ClaimedDelivery): Promise<boolean> {
  if (claim.incidentId !== null) {
    await scope.tx.execute(sql`select 1 from incidents where id = ${claim.incidentId} for key share`);
  }
  const [page] = await scope.tx.execute<{ state: string }>(
    sql`select state from pages where id = ${claim.pageId} for update`,
  );
  return page?.state === "active";
}

async function writeState(
  { tx, now }: TransactionContext,
  engineId: string,
  claim: ClaimedDelivery,
  result: DeliveryResult,
  outcome: Outcome,
): Promise<boolean> {
  const ended = ENDED_STATES.includes(outcome.state);
  const accepted = result.kind === "accepted";
  const written = await tx
    .update(deliveries)
    .set({
      state: outcome.state,
      leasedBy: null,
      leasedUntil: null,
      lastError: accepted ? null : outcome.detail,
      ...(result.kind === "failed" ? { failures: claim.failures + 1 } : {}),
      ...(accepted ? { providerId: result.providerId, sentAt: now } : {}),
      ...(outcome.dueAt ? { dueAt: outcome.dueAt } : {}),
      ...(ended ? { endedAt: now } : {}),
    })
    .where(
      and(
        eq(deliveries.id, claim.deliveryId),
        eq(deliveries.state, "sending"),
        eq(deliveries.leasedBy, engineId),
        eq(deliveries.attempts, claim.attempts),
      ),
    )
    .returning({ id: deliveries.id });
  if (written.length === 0) return false;
  await tx
    .insert(deliveryStates)
    .values({ deliveryId: claim.deliveryId, state: outcome.state, at: now, detail: outcome.detail });
  return true;
}

/** A person can answer, or a device confirm, before we know that the provider took the page: then only what it said is left to note. */
async function finishConfirmed(
  scope: TransactionContext,
  claim: ClaimedDelivery,
  result: DeliveryResult,
): Promise<boolean> {
  const providerId = result.kind === "accepted" ? result.providerId : null;
  const confirmed = await scope.tx
    .update(deliveries)
    .set({ sentAt: scope.now, providerId })
    .where(
      and(
        eq(deliveries.id, claim.deliveryId),
        inArray(deliveries.state, ["delivered", "acted"]),
        eq(deliveries.attempts, claim.attempts),
      ),
    )
    .returning({ id: deliveries.id });
  if (confirmed.length === 0) return false;
  await writeChatMessage(scope, claim, result);
  await endPageIfDone(scope, claim);
  await tell(scope, claim, { state: "accepted", detail: "Confirmed by the device.", dueAt: null });
  return true;
}

/** A message that can be changed in place is kept up with its incident; it was sent while that was triggered, or reads so. */
async function writeChatMessage(
  { tx, now }: TransactionContext,
  claim: ClaimedDelivery,
  result: DeliveryResult,
) {
  if (result.kind !== "accepted" || !result.message || claim.incidentId === null) return;
  // A message about several incidents can't become that of one of them.
  if (claim.bundleId !== null) return;
  await tx
    .insert(chatMessages)
    .values({
      deliveryId: claim.deliveryId,
      incidentId: claim.incidentId,
      channel: claim.channel,
      ...result.message,
      shownStatus: "triggered",
      dueAt: now,
      at: now,
    })
    .onConflictDoNothing();
  await tx.execute(sql`select pg_notify('touchline_engine', 'chat-messages')`);
}

async function writeContactMethod(
  { tx, now }: TransactionContext,
  claim: ClaimedDelivery,
  result: DeliveryResult,
) {
  if (claim.contactMethodId === null) return;
  if (result.kind === "accepted") {
    await tx
      .update(contactMethods)
      .set({ lastDeliveredAt: now, lastError: null })
      .where(eq(contactMethods.id, claim.contactMethodId));
  } else if (result.kind === "failed") {
    await tx
      .update(contactMethods)
      .set({
        lastFailedAt: now,
        lastError: result.detail,
        ...(result.invalidDestination ? { enabled: false } : {}),
      })
      // One that is off keeps the error that switched it off.
      .where(and(eq(contactMethods.id, claim.contactMethodId), eq(contactMethods.enabled, true)));
  }
}

async function tell(scope: TransactionContext, claim: ClaimedDelivery, outcome: Outcome) {
  const data = {
    channel: claim.channel,
    address: maskAddress(claim.channel, claim.address),
    state: outcome.state,
    detail: outcome.detail,
    deliveryId: claim.deliveryId,
    pageId: claim.pageId,
  };
  if (claim.incidentId !== null && ENDED_STATES.includes(outcome.state)) {
    await scope.tx.insert(logEntries).values({
      id: newId(scope.now.getTime()),
      incidentId: claim.incidentId,
      type: "notify",
      class: "notification",
      at: scope.now,
      actorType: scope.actor.type,
      actorId: scope.actor.id,
      actorName: scope.actor.name,
      channel: scope.actor.channel,
      userId: claim.userId,
      data,
    });
    // Only what was sent counts as a notification.
    if (outcome.state === "accepted") {
      const { deliveryId: id, userId, channel } = claim;
      await refreshFacts(scope, [
        claim.incidentId,
        ...(await recordInterruption(scope, { id, userId, channel })),
      ]);
    }
  }
  await publish(scope, {
    topic: `delivery.${outcome.state}`,
    ...(claim.incidentId === null
      ? { entityType: "page", entityId: claim.pageId }
      : { entityType: "incident", entityId: claim.incidentId }),
    data: {
      deliveryId: claim.deliveryId,
      pageId: claim.pageId,
      userId: claim.userId,
      channel: claim.channel,
    },
  });
}
