import { assignedSlots } from "#lib/on-call/resolve";
import type { ScheduleFacts, ScheduleWindow } from "#lib/on-call/schedule";
import type { Slot } from "#lib/on-call/slot";
import type { Interval } from "#lib/time/interval";
import { complement, intersect, union } from "#lib/time/interval";

/** What became of an offer: `waiting` for the requester's word, `accepted` (an override by now), or not. */
export const OFFER_OUTCOMES = ["waiting", "accepted", "declined", "withdrawn"] as const;
export type OfferOutcome = (typeof OFFER_OUTCOMES)[number];

/**
 * `open`: still to be taken, wholly or in part. `past-due`: it began without anybody having taken all of it; nothing more comes of
 * it, and whoever was on call stays.
 */
export type CoverState = "open" | "taken" | "withdrawn" | "declined" | "past-due";

export type CoverRequest = ScheduleWindow2 & {
  requesterId: string;
  /** Null: everybody who stands in the schedule is asked. */
  askedUserId: string | null;
  /** A swap: what the requester takes over in return. It is done as a whole or not at all. */
  inReturn: ScheduleWindow2 | null;
  withdrawnAt: Date | null;
  declinedAt: Date | null;
  /** What has been taken of it. */
  taken: readonly ScheduleWindow2[];
};

type ScheduleWindow2 = { startsAt: Date; endsAt: Date };
