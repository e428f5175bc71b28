import { and, eq, or, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { logEntries } from "#db/schema/incidents";
import { deliveries, deliveryStates, pages } from "#db/schema/notifications";
import { contactMethods } from "#db/schema/people";
import { inTransaction, SYSTEM } from "#lib/context";
import type { TransactionContext } from "#lib/context";
import { newId } from "#lib/ids";
import { metrics } from "#lib/metrics";
import { maskAddress } from "#lib/notifications/address";
import { endPageIfDone, pullForward } from "#lib/notifications/commands/end-page";
import { markDelivery } from "#lib/notifications/commands/mark-delivery";
import { afterReport } from "#lib/notifications/delivery";
import type { DeliveryState } from "#lib/notifications/vocabulary";
import { publish } from "#lib/outbox";

/** What a provider tells about a send that it took: `externalId` is its own id for it, null where it names none. */
export type DeliveryReport = {
  deliveryId: string;
  externalId: string | null;
  detail: string;
} & ({ kind: "delivered" } | { kind: "failed"; retry: boolean; invalidDestination: boolean });

/**
 * Writes down what a provider says became of a send, of all that went in the same message. A failure that comes after the fact has the
 * consequences of one at once: the person's next rule runs, the page goes on, and a high-urgency send is made once more if that can help.
 * A report that comes late, twice, or about an earlier attempt changes nothing.
 */
export async function reportDelivery(db: Database, report: DeliveryReport): Promise<void> {
  const { deliveryId, detail } = report;
  if (report.kind === "delivered") {
    await markDelivery({ db, actor: SYSTEM }, { deliveryId, state: "delivered", detail });
    return;
  }
  for (const id of await sentTogether(db, deliveryId)) await reportFailure(db, { ...report, deliveryId: id });
}

async function sentTogether(db: Database, deliveryId: string): Promise<string[]> {
  const [carrier] = await db
    .select({ bundleId: deliveries.bundleId })
    .from(deliveries)
    .where(eq(deliveries.id, deliveryId));
  if (!carrier) return [];
  const { bundleId } = carrier;
  if (bundleId === null) return [deliveryId];
  const rows = await db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(or(eq(deliveries.id, deliveryId), eq(deliveries.bundleId, bundleId)))
    .orderBy(deliveries.id);
  return rows.map(({ id }) => id);
}

type Failure = Extract<DeliveryReport, { kind: "failed" }>;
type Delivery = typeof deliveries.$inferSelect;

async function reportFailure(db: Database, report: Failure): Promise<void> {
  const recorded = await inTransaction({ db, actor: SYSTEM }, async (scope) => {
    const found = await lockDelivery(scope, report.deliveryId);
    if (!found) return null;
    const { delivery, page } = found;
    const isOther =
      delivery.providerId !== null && report.externalId !== null && delivery.providerId !== report.externalId;
    const outcome = afterReport({
      state: delivery.state,
      accepted: await timesAccepted(scope, delivery),
      isAboutAnotherAttempt: isOther,
      canRetry: report.retry && page.urgency === "high" && delivery.incidentId !== null,
      now: scope.now,
      expiresAt: delivery.expiresAt,
    });
    if (!outcome) return null;
    const isWanted = await reopenPage(scope, delivery);
    const state: DeliveryState = outcome.state === "retrying" && !isWanted ? "failed" : outcome.state;
    await writeFailure(scope, delivery, { state, dueAt: outcome.dueAt, detail: report.detail });
    await writeMethod(scope, delivery, report);
    const ref = { pageId: delivery.pageId, incidentId: delivery.incidentId, userId: delivery.userId };
    if (isWanted && page.urgency === "high") await pullForward(scope, ref);
    if (isWanted) await endPageIfDone(scope, ref);
    await scope.tx.execute(sql`select pg_notify('touchline_engine', 'deliver')`);
    return { channel: delivery.channel, state };
  });
  if (recorded) metrics().deliveries.inc({ channel: recorded.channel, result: recorded.state });
}

async function timesAccepted({ tx }: TransactionContext, { id }: Delivery): Promise<number> {
  return tx.$count(
    deliveryStates,
    and(eq(deliveryStates.deliveryId, id), eq(deliveryStates.state, "accepted")),
  );
}

/** In the order incident, page, delivery, as everything on the paging path locks them. */
async function lockDelivery({ tx }: TransactionContext, deliveryId: string) {
  const [known] = await tx
    .select({ incidentId: deliveries.incidentId, pageId: deliveries.pageId })
    .from(deliveries)
    .where(eq(deliveries.id, deliveryId));
  if (!known) return null;
  if (known.incidentId !== null) {
    await tx.execute(sql`select 1 from incidents where id = ${known.incidentId} for key share`);
  }
  const [page] = await tx.select().from(pages).where(eq(pages.id, known.pageId)).for("update");
  const [delivery] = await tx.select().from(deliveries).where(eq(deliveries.id, deliveryId)).for("update");
  return page && delivery ? { page, delivery } : null;
}

/**
 * Whether the page is still wanted. One that had ended because everything was sent goes on: what was sent has not arrived, and its
 * incident still waits for this person.
 */
async function reopenPage({ tx }: TransactionContext, { pageId }: Delivery): Promise<boolean> {
  const rows = await tx.execute(sql`
    update pages p set state = 'active', ended_at = null
    where p.id = ${pageId} and (p.state = 'active' or (p.state = 'done' and exists (
      select from incidents i where i.id = p.incident_id and case
        when p.reason = 'requested' then i.status <> 'resolved'
        when p.reason in ('told', 'nobody_answered') then i.status = 'triggered'
        else i.status = 'triggered'
          and exists (select from incident_assignments a where a.incident_id = i.id and a.user_id = p.user_id)
        end
    )))
    returning p.id`);
  return rows.length > 0;
}

async function writeFailure(
  scope: TransactionContext,
  delivery: Delivery,
  outcome: { state: DeliveryState; dueAt: Date | null; detail: string },
): Promise<void> {
  const { tx, now, actor } = scope;
  const { state, dueAt, detail } = outcome;
  const { id: deliveryId, pageId, incidentId, userId, channel, address } = delivery;
  await tx
    .update(deliveries)
    .set({
      state,
      lastError: detail,
      leasedBy: null,
      leasedUntil: null,
      ...(dueAt && state === "retrying" ? { dueAt, endedAt: null } : { endedAt: now }),
    })
    .where(eq(deliveries.id, deliveryId));
  await tx.insert(deliveryStates).values({ deliveryId, state, at: now, detail });
  if (incidentId !== null) {
    const data = { channel, address: maskAddress(channel, address), state, detail, deliveryId, pageId };
    await tx.insert(logEntries).values({
      id: newId(now.getTime()),
      incidentId,
      type: "notify",
      class: "notification",
      at: now,
      actorType: actor.type,
      actorId: actor.id,
      actorName: actor.name,
      channel: actor.channel,
      userId,
      data,
    });
  }
  await publish(scope, {
    topic: `delivery.${state}`,
    ...(incidentId === null
      ? { entityType: "page", entityId: pageId }
      : { entityType: "incident", entityId: incidentId }),
    data: { deliveryId, pageId, userId, channel },
  });
}

async function writeMethod(
  { tx, now }: TransactionContext,
  { contactMethodId }: Delivery,
  { detail, invalidDestination }: Failure,
): Promise<void> {
  if (contactMethodId === null) return;
  await tx
    .update(contactMethods)
    .set({ lastFailedAt: now, lastError: detail, ...(invalidDestination ? { enabled: false } : {}) })
    // One that is off keeps the error that switched it off.
    .where(and(eq(contactMethods.id, contactMethodId), eq(contactMethods.enabled, true)));
}
