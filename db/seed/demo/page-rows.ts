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

/** A page that is over and its sends, as that person's rules ask for: and after five minutes for high urgency. */
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
  for (const send of page.urgency === "high" ? HIGH_RULES : LOW_RULES) addDelivery(rows, page, id, send);
}

type Send = { channel: "email" | keyof typeof ADDRESSES; delayMinutes: number };

// Of nobody: kept for stories.
const ADDRESSES = { push: "A phone of then", phone: "+15550100000" };

// What rings in a pocket comes first for what can't wait; mail is for what can.
const HIGH_RULES: readonly Send[] = [
  { channel: "email", delayMinutes: 0 },
  { channel: "push", delayMinutes: 0 },
  { channel: "phone", delayMinutes: 5 },
];
const LOW_RULES: readonly Send[] = [{ channel: "email", delayMinutes: 0 }];

function addDelivery(rows: Rows, page: PastPage, pageId: string, { channel, delayMinutes }: Send) {
  const dueAt = page.at + delayMinutes * MINUTE;
  const sent = dueAt < page.endedAt;
  const sentAt = dueAt + 1_200;
  const id = newId(page.at);
  const address = channel === "email" ? page.person.email : ADDRESSES[channel];
  rows.deliveries.push({
    id,
    pageId,
    incidentId: page.incidentId,
    userId: page.person.id,
    // The device and number of then are not kept.
    contactMethodId: channel === "email" ? page.person.contactMethodId : null,
    channel,
    address,
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
    data: { channel, address, state: "delivered", deliveryId: id },
  });
}
