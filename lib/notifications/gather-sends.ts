import type { Urgency } from "#lib/incidents/vocabulary";

/**
 * `page`: about an incident that waits for somebody. `news`: tells of something. `alone`: asked for or to be answered by itself, so that
 * it is never put off and never shares a message.
 */
export type SendKind = "page" | "news" | "alone";

/** A send whose time has come, or that was put off and could come along with another. */
export type DueSend = {
  id: string;
  /** One person's one address. */
  lane: string;
  kind: SendKind;
  urgency: Urgency;
  incidentId: string | null;
  /** Nothing of its page has been sent yet, by any channel. */
  isFirst: boolean;
  /** Not the first attempt: it goes as it went before. */
  isRetry: boolean;
  /** Whose message it went in before. */
  bundleId: string | null;
  /** It was put off until then; that happens once. */
  heldUntil: Date | null;
};

/** What was sent over a lane in the last ten minutes, or is on its way: one entry a delivery. */
export type RecentSend = {
  lane: string;
  kind: SendKind;
  urgency: Urgency;
  incidentId: string | null;
  /** Deliveries of one message have the same. */
  messageId: string;
  at: Date;
};

export type Hold = { id: string; until: Date; because: string };

/** Each message with the sends it carries, the one it is named by first. */
export type Gathered = { messages: string[][]; holds: Hold[] };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** A second message within this time waits a moment, so that a third can come along. */
const CLOSE_MS = 2 * MINUTE;
const HOLD_MS = 45 * SECOND;
export const THROTTLE_MINUTES = 10;
/** So many messages to one address in ten minutes, then one that says what came meanwhile. */
export const MOST_MESSAGES = 10;
const MOST_IN_ONE = 50;

/**
 * Decides which due sends leave now, which of them share a message, and which wait a moment. Pages of one person, address and urgency that
 * leave together are one message. A page waits 45 seconds if another incident was told over the same lane within the last two minutes;
 * so the first is never put off. Beyond ten messages in ten minutes what is not the first word of a high-urgency page waits for up to
 * ten minutes, and then goes with everything that waited. Nothing is put off twice: nothing can be held back for ever.
 */
export function gatherSends(due: readonly DueSend[], recent: readonly RecentSend[], now: Date): Gathered {
  const holds: Hold[] = [];
  const leaving: DueSend[] = [];
  const budget = new Map<string, number>();
  for (const send of due) {
    if (isEarly(send, now)) continue;
    const hold = holdOf(send, { due, recent, now, budget });
    if (hold) holds.push(hold);
    else leaving.push(send);
  }
  const messages = bundle([...leaving, ...companions(due, leaving, now)]);
  return { messages, holds };
}

/** It was put off and its time has not come. */
function isEarly({ heldUntil }: DueSend, now: Date): boolean {
  return heldUntil !== null && heldUntil > now;
}

type Round = {
  due: readonly DueSend[];
  recent: readonly RecentSend[];
  now: Date;
  /** Lane and message of this round → how many are left to send. */
  budget: Map<string, number>;
};

function holdOf(send: DueSend, round: Round): Hold | null {
  if (send.kind === "alone" || send.isRetry || send.heldUntil !== null) return null;
  return throttleOf(send, round) ?? bundleHoldOf(send, round);
}

function throttleOf(send: DueSend, { due, recent, now, budget }: Round): Hold | null {
  const sent = new Set(recent.flatMap(({ lane, messageId }) => (lane === send.lane ? [messageId] : [])));
  const left = budget.get(send.lane) ?? MOST_MESSAGES - sent.size;
  const isExempt = send.urgency === "high" && send.kind === "page" && send.isFirst;
  if (left > 0 || isExempt) {
    budget.set(send.lane, left - 1);
    return null;
  }
  const until = sharedRelease(send, due, {
    from: now.getTime() + HOLD_MS,
    longest: THROTTLE_MINUTES * MINUTE,
    now,
  });
  return {
    id: send.id,
    until,
    because: `Held back: ${MOST_MESSAGES} messages went to this address within ${THROTTLE_MINUTES} minutes. It comes with all that waits.`,
  };
}

function bundleHoldOf(send: DueSend, { due, recent, now }: Round): Hold | null {
  if (send.kind !== "page") return null;
  const isClose = recent.some(
    (one) =>
      sharesMessage(one, send) &&
      one.incidentId !== send.incidentId &&
      one.at.getTime() > now.getTime() - CLOSE_MS,
  );
  if (!isClose) return null;
  return {
    id: send.id,
    until: sharedRelease(send, due, { from: now.getTime(), longest: HOLD_MS, now }),
    because: `Held for a moment: another incident was told here within the last two minutes. It comes with all that waits.`,
  };
}

function sharesMessage(
  one: Pick<DueSend, "lane" | "kind" | "urgency">,
  other: Pick<DueSend, "lane" | "kind" | "urgency">,
): boolean {
  return one.lane === other.lane && one.kind === other.kind && one.urgency === other.urgency;
}

/** With those that wait already beyond `from`, if they leave sooner. */
function sharedRelease(
  send: DueSend,
  due: readonly DueSend[],
  { from, longest, now }: { from: number; longest: number; now: Date },
): Date {
  const waiting = due.flatMap((other) =>
    sharesMessage(other, send) && other.heldUntil !== null && other.heldUntil.getTime() > from
      ? [other.heldUntil.getTime()]
      : [],
  );
  return new Date(Math.min(now.getTime() + longest, ...waiting));
}

/** What still waits comes along when a message of its kind leaves anyway. */
function companions(due: readonly DueSend[], leaving: readonly DueSend[], now: Date): DueSend[] {
  return due.filter(
    (send) =>
      isEarly(send, now) &&
      leaving.some((other) => !other.isRetry && mayCarry(other) && sharesMessage(other, send)),
  );
}

function mayCarry({ kind, heldUntil }: DueSend): boolean {
  return kind === "page" || (kind === "news" && heldUntil !== null);
}

function bundle(leaving: readonly DueSend[]): string[][] {
  const groups = Map.groupBy(leaving, messageKeyOf);
  return [...groups.values()].flatMap((sends) => {
    const ids = leaderFirst(sends).map(({ id }) => id);
    return Array.from({ length: Math.ceil(ids.length / MOST_IN_ONE) }, (_, index) =>
      ids.slice(index * MOST_IN_ONE, (index + 1) * MOST_IN_ONE),
    );
  });
}

function messageKeyOf(send: DueSend): string {
  if (send.isRetry) return `again ${send.bundleId ?? send.id}`;
  if (!mayCarry(send)) return `alone ${send.id}`;
  return `${send.kind} ${send.urgency} ${send.lane}`;
}

/** A repetition keeps its name, by which providers recognise it. */
function leaderFirst(sends: readonly DueSend[]): DueSend[] {
  return sends.toSorted((a, b) => Number(b.id === b.bundleId) - Number(a.id === a.bundleId));
}
