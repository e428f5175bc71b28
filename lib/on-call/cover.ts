import { HOUR } from "#lib/time/calendar";
import type { Interval } from "#lib/time/interval";
import { complement, intersect, union } from "#lib/time/interval";

/** What became of an offer: `waiting` for the requester's word, `accepted` (an override by now), or not. */
export const OFFER_OUTCOMES = ["waiting", "accepted", "declined", "withdrawn"] as const;
export type OfferOutcome = (typeof OFFER_OUTCOMES)[number];

/** Half-open: [startsAt, endsAt). */
export type CoverSpan = { startsAt: Date; endsAt: Date };

export type CoverRequest = CoverSpan & {
  requesterId: string;
  /** Null: everybody who stands in the schedule is asked. */
  askedUserId: string | null;
  /** A swap: what the requester takes over in return. It comes about as a whole or not at all. */
  inReturn: CoverSpan | null;
  withdrawnAt: Date | null;
  declinedAt: Date | null;
  /** What has been taken of it. */
  taken: readonly CoverSpan[];
};

/**
 * `open`: still to be taken, wholly or in part. `past-due`: what is left of it began without a taker; nothing more comes of it, and
 * whoever is on call stays so.
 */
export type CoverState = "open" | "taken" | "withdrawn" | "declined" | "past-due";

/** What nobody has taken yet, in the order of time. */
export function openSpans(request: CoverSpan & Pick<CoverRequest, "taken">): CoverSpan[] {
  return complement(toInterval(request), union(request.taken.map(toInterval))).map(toSpan);
}

export function coverState(request: CoverRequest, now: Date): CoverState {
  const [first] = openSpans(request);
  if (!first) return "taken";
  if (request.withdrawnAt) return "withdrawn";
  if (request.declinedAt) return "declined";
  const begins = request.inReturn
    ? Math.min(first.startsAt.getTime(), request.inReturn.startsAt.getTime())
    : first.startsAt.getTime();
  return begins <= now.getTime() ? "past-due" : "open";
}

/** When whoever asked is reminded that nobody has taken it: half of the time before it begins, and no earlier than 12 hours before. */
export function reminderAt(request: CoverRequest, createdAt: Date): Date | null {
  const [first] = openSpans(request);
  if (!first || request.withdrawnAt || request.declinedAt) return null;
  const begins = first.startsAt.getTime();
  const halfway = (createdAt.getTime() + begins) / 2;
  return new Date(Math.max(halfway, begins - 12 * HOUR));
}

export type OfferRefusal =
  | "own-request"
  | "not-open"
  | "not-asked"
  | "not-a-member"
  | "nothing-of-it"
  | "swap-is-whole";

export type JudgedOffer =
  /** Everything that was open: what the requester asked for, so it is done. */
  | { kind: "taken"; spans: CoverSpan[] }
  /** A part: the requester says whether that helps. */
  | { kind: "waiting"; spans: CoverSpan[] }
  | { kind: "refused"; because: OfferRefusal };

/** Whether somebody may take a request, or the span of it that they name. `memberIds` are those who stand in the schedule. */
export function judgeOffer(
  request: CoverRequest,
  offer: { userId: string; span: CoverSpan | null },
  about: { memberIds: ReadonlySet<string>; now: Date },
): JudgedOffer {
  const refused = refusalOf(request, offer.userId, about);
  if (refused) return { kind: "refused", because: refused };
  const open = openSpans(request).map(toInterval);
  const spans = offer.span === null ? open : intersect(open, [toInterval(offer.span)]);
  if (spans.length === 0) return { kind: "refused", because: "nothing-of-it" };
  const isWhole =
    complement(
      { start: request.startsAt.getTime(), end: request.endsAt.getTime() },
      union([...request.taken.map(toInterval), ...spans]),
    ).length === 0;
  if (request.inReturn && !isWhole) return { kind: "refused", because: "swap-is-whole" };
  return { kind: isWhole ? "taken" : "waiting", spans: spans.map(toSpan) };
}

function refusalOf(
  request: CoverRequest,
  userId: string,
  { memberIds, now }: { memberIds: ReadonlySet<string>; now: Date },
): OfferRefusal | null {
  if (userId === request.requesterId) return "own-request";
  if (coverState(request, now) !== "open") return "not-open";
  if (request.askedUserId !== null && request.askedUserId !== userId) return "not-asked";
  return memberIds.has(userId) ? null : "not-a-member";
}

function toInterval({ startsAt, endsAt }: CoverSpan): Interval {
  return { start: startsAt.getTime(), end: endsAt.getTime() };
}

function toSpan({ start, end }: Interval): CoverSpan {
  return { startsAt: new Date(start), endsAt: new Date(end) };
}
