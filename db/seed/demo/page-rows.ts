import type { InsertedPerson } from "#db/seed/demo/insert-people";
import { note, TOUCHLINE } from "#db/seed/demo/rows";
import type { Rows } from "#db/seed/demo/rows";
import { newId } from "#lib/ids";
import type { Urgency } from "#lib/incidents/vocabulary";
import type { PageReason } from "#lib/notifications/vocabulary";

const MINUTE = 60_000;

export type PastPage = {
  incidentId: string;
  person: InsertedPerson;
  step: number;
  level: number | null;
  reason: PageReason;
  urgency: Urgency;
  at: number;
  /** When it stopped: somebody acknowledged, it moved on, it was resolved. */
  endedAt: number;
  because: string;
};

/** A page that is over and its sends, as that person's rules ask for: at once, and after five minutes for high urgency. */
export function addPage(rows: Rows, page: PastPage) {
  const id = newId(page.at);
  rows.pages.push({
    id,
    incidentId: page.incidentId,
    userId: page.person.id,
    step: page.step,
    reason: page.reason,
    urgency: page.urgency,
    level: page.level,
    state: "cancelled",
    trace: [{ step: page.level ? "level" : "assignment", outcome: page.person.name, because: page.because }],
    createdAt: new Date(page.at),
    endedAt: new Date(page.endedAt),
  });
  for (const delayMinutes of page.urgency === "high" ? [0, 5] : [0])
    addDelivery(rows, page, id, delayMinutes);
}

function addDelivery(rows: Rows, page: PastPage, pageId: string, delayMinutes: number) {
  const dueAt = page.at + delayMinutes * MINUTE;
  const sent = dueAt < page.endedAt;
  const sentAt = dueAt + 1_200;
  const id = newId(page.at);
  rows.deliveries.push({
    id,
    pageId,
    incidentId: page.incidentId,
    userId: page.person.id,
    contactMethodId: page.person.contactMethodId,
    channel: "email",
    address: page.person.email,
    delayMinutes,
    state: sent ? "delivered" : "cancelled",
    dueAt: new Date(dueAt),
    expiresAt: new Date(dueAt + 60 * MINUTE),
    attempts: sent ? 1 : 0,
    createdAt: new Date(page.at),
    sentAt: sent ? new Date(sentAt) : null,
    endedAt: new Date(sent ? sentAt + 3_000 : page.endedAt),
  });
  rows.deliveryStates.push({ deliveryId: id, state: "queued", at: new Date(page.at) });
  if (!sent) {
    rows.deliveryStates.push({ deliveryId: id, state: "cancelled", at: new Date(page.endedAt) });
    return;
  }
  rows.deliveryStates.push({ deliveryId: id, state: "accepted", at: new Date(sentAt) });
  rows.deliveryStates.push({ deliveryId: id, state: "delivered", at: new Date(sentAt + 3_000) });
  note(rows, page.incidentId, sentAt, TOUCHLINE, {
    type: "notify",
    class: "notification",
    userId: page.person.id,
    data: { channel: "email", address: page.person.email, state: "delivered", deliveryId: id },
  });
}
