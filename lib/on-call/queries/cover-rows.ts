import type { coverOffers, coverRequests } from "#db/schema/covers";
import type { CoverRequest } from "#lib/on-call/cover";

type RequestRow = Pick<
  typeof coverRequests.$inferSelect,
  | "requesterId"
  | "askedUserId"
  | "startsAt"
  | "endsAt"
  | "returnStartsAt"
  | "returnEndsAt"
  | "withdrawnAt"
  | "declinedAt"
>;
type OfferRow = Pick<typeof coverOffers.$inferSelect, "startsAt" | "endsAt" | "outcome">;

/** A stored request with what was accepted of it. */
export function toCoverRequest(row: RequestRow, offers: readonly OfferRow[]): CoverRequest {
  const { requesterId, askedUserId, startsAt, endsAt, withdrawnAt, declinedAt } = row;
  const inReturn =
    row.returnStartsAt && row.returnEndsAt
      ? { startsAt: row.returnStartsAt, endsAt: row.returnEndsAt }
      : null;
  const taken = offers.filter(({ outcome }) => outcome === "accepted");
  return { requesterId, askedUserId, startsAt, endsAt, inReturn, withdrawnAt, declinedAt, taken };
}
