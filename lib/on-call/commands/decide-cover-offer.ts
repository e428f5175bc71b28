import { eq } from "drizzle-orm";
import { coverOffers } from "#db/schema/covers";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockCover } from "#lib/on-call/commands/lock-cover";
import type { LockedCover } from "#lib/on-call/commands/lock-cover";
import { OFFER_REFUSALS } from "#lib/on-call/commands/offer-cover";
import { takeCover } from "#lib/on-call/commands/take-cover";
import { tellCover } from "#lib/on-call/commands/tell-cover";
import { judgeOffer } from "#lib/on-call/cover";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { membersOf } from "#lib/on-call/relieve";
import { publish } from "#lib/outbox";

type Decision = { requestId: string; offerId: string; accept: boolean };

/**
 * The requester's word on an offer of a part: accepted, it is in force; declined, the request stays open. Throws `conflict` when the
 * offer doesn't wait any more or others have taken its time.
 */
export async function decideCoverOffer(
  ctx: Context,
  { requestId, offerId, accept }: Decision,
): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  await inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const cover = await lockCover(tx, requestId);
    const { row, request, schedule, offers } = cover;
    if (row.requesterId !== ctx.actor.id) {
      throw new AppError("forbidden", "Only whoever asked for cover decides on offers.");
    }
    const offer = offers.find(({ id }) => id === offerId);
    if (!offer) throw new AppError("not_found", "There is no such offer.");
    if (offer.outcome !== "waiting") throw new AppError("conflict", "This offer doesn’t wait any more.");
    const about = { schedule, spans: [offer], inReturn: request.inReturn, message: null };
    if (!accept) {
      await tx
        .update(coverOffers)
        .set({ outcome: "declined", decidedAt: now })
        .where(eq(coverOffers.id, offerId));
      await tellCover(scope, {
        event: "offer-declined",
        about: offerId,
        userIds: [offer.userId],
        story: about,
      });
      await audit(scope, {
        action: "decline",
        objectType: "cover_request",
        objectId: requestId,
        objectName: schedule.name,
        after: { offerId },
      });
      await publish(scope, {
        topic: "schedule.cover_declined",
        entityType: "schedule",
        entityId: schedule.id,
      });
      return;
    }
    const spans = await spansLeft(scope, cover, offer);
    await takeCover(scope, cover, { userId: offer.userId, spans, offerId });
    const story = { ...about, spans };
    await tellCover(scope, { event: "offer-accepted", about: offerId, userIds: [offer.userId], story });
  });
}

/** What of an offer can still be taken; its giver must be able to be on call. */
async function spansLeft(
  { tx, now }: Parameters<typeof takeCover>[0],
  { row, request }: LockedCover,
  offer: LockedCover["offers"][number],
) {
  const instant = { start: now, end: new Date(now.getTime() + 1) };
  const facts = (await loadScheduleFacts(tx, [row.scheduleId], instant)).get(row.scheduleId);
  const memberIds = facts ? membersOf(facts, now) : new Set<string>();
  const judged = judgeOffer(request, { userId: offer.userId, span: offer }, { memberIds, now });
  if (judged.kind === "refused") {
    throw new AppError("conflict", `It can’t be accepted: ${OFFER_REFUSALS[judged.because]}`);
  }
  return judged.spans;
}
