import { and, eq } from "drizzle-orm";
import { coverDeclines, coverOffers, coverRequests } from "#db/schema/covers";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { lockCover } from "#lib/on-call/commands/lock-cover";
import type { LockedCover } from "#lib/on-call/commands/lock-cover";
import { tellCover } from "#lib/on-call/commands/tell-cover";
import { coverState } from "#lib/on-call/cover";
import { publish } from "#lib/outbox";

/**
 * Ends a request or one's part in it: whoever asked withdraws it; whoever offered takes the offer back; whoever was asked says that
 * they can't. What has been taken stays. Throws `conflict` when it is not open any more.
 */
export async function closeCover(ctx: Context, requestId: string): Promise<{ kind: CloseKind }> {
  requirePermission(ctx.actor, "incident.respond");
  const userId = ctx.actor.id;
  if (ctx.actor.type !== "user" || userId === null)
    throw new AppError("forbidden", "Only people answer requests.");
  return inTransaction(ctx, async (scope) => {
    const cover = await lockCover(scope.tx, requestId);
    if (coverState(cover.request, scope.now) !== "open") {
      throw new AppError("conflict", "This request is not open any more.");
    }
    const kind = kindOf(cover, userId);
    await CLOSE[kind](scope, cover, userId);
    await audit(scope, {
      action: kind,
      objectType: "cover_request",
      objectId: requestId,
      objectName: cover.schedule.name,
    });
    const entityId = cover.schedule.id;
    await publish(scope, { topic: `schedule.cover_${kind}`, entityType: "schedule", entityId });
    return { kind };
  });
}

export type CloseKind = "withdrawn" | "offer_withdrawn" | "declined" | "passed";

function kindOf({ row, offers }: LockedCover, userId: string): CloseKind {
  if (row.requesterId === userId) return "withdrawn";
  if (offers.some((offer) => offer.userId === userId && offer.outcome === "waiting"))
    return "offer_withdrawn";
  return row.askedUserId === userId ? "declined" : "passed";
}

type Close = (scope: TransactionContext, cover: LockedCover, userId: string) => Promise<unknown>;

const CLOSE: Record<CloseKind, Close> = {
  async withdrawn(scope, { row, request, schedule, offers }) {
    const { tx, now } = scope;
    await tx.update(coverRequests).set({ withdrawnAt: now }).where(eq(coverRequests.id, row.id));
    const waiting = offers.filter(({ outcome }) => outcome === "waiting");
    const ofRequest = and(eq(coverOffers.requestId, row.id), eq(coverOffers.outcome, "waiting"));
    await tx.update(coverOffers).set({ outcome: "declined", decidedAt: now }).where(ofRequest);
    await tellCover(scope, {
      event: "withdrawn",
      about: row.id,
      userIds: [
        ...(row.askedUserId === null ? [] : [row.askedUserId]),
        ...waiting.map(({ userId }) => userId),
      ],
      story: { schedule, spans: [row], inReturn: request.inReturn, message: null },
    });
  },
  async offer_withdrawn({ tx, now }, { row }, userId) {
    const mine = and(
      eq(coverOffers.requestId, row.id),
      eq(coverOffers.userId, userId),
      eq(coverOffers.outcome, "waiting"),
    );
    await tx.update(coverOffers).set({ outcome: "withdrawn", decidedAt: now }).where(mine);
  },
  async declined(scope, { row, request, schedule }) {
    const { tx, now } = scope;
    await tx.update(coverRequests).set({ declinedAt: now }).where(eq(coverRequests.id, row.id));
    await tellCover(scope, {
      event: "declined",
      about: row.id,
      userIds: [row.requesterId],
      story: { schedule, spans: [row], inReturn: request.inReturn, message: null },
    });
  },
  async passed({ tx, now }, { row }, userId) {
    await tx
      .insert(coverDeclines)
      .values({ requestId: row.id, userId, createdAt: now })
      .onConflictDoNothing();
  },
};
