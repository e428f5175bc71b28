import { and, eq } from "drizzle-orm";
import { coverOffers } from "#db/schema/covers";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { lockCover } from "#lib/on-call/commands/lock-cover";
import { takeCover } from "#lib/on-call/commands/take-cover";
import { tellCover } from "#lib/on-call/commands/tell-cover";
import { judgeOffer } from "#lib/on-call/cover";
import type { OfferRefusal } from "#lib/on-call/cover";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { membersOf } from "#lib/on-call/relieve";
import { coverOfferSchema } from "#lib/on-call/schemas";
import type { CoverOfferInput } from "#lib/on-call/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

export const OFFER_REFUSALS: Record<OfferRefusal, string> = {
  "own-request": "You can’t take your own request.",
  "not-open": "This request is not open any more.",
  "not-asked": "Somebody else was asked.",
  "not-a-member": "Only people who stand in this schedule can take it.",
  "nothing-of-it": "That time is not open in this request.",
  "swap-is-whole": "A swap is taken as a whole.",
};

/**
 * Takes a cover request, or offers to take a part of it. Taking all that is open puts the override in force at once; a part waits for
 * the requester. Throws `conflict` when it can't be taken (any more).
 */
export async function offerCover(
  ctx: Context,
  input: CoverOfferInput,
): Promise<{ kind: "taken" | "waiting" }> {
  requirePermission(ctx.actor, "incident.respond");
  const userId = ctx.actor.id;
  if (ctx.actor.type !== "user" || userId === null)
    throw new AppError("forbidden", "Only people take shifts.");
  const { requestId, span } = parseInput(coverOfferSchema, input);
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const cover = await lockCover(tx, requestId);
    const { row, request, schedule } = cover;
    const instant = { start: now, end: new Date(now.getTime() + 1) };
    const facts = (await loadScheduleFacts(tx, [row.scheduleId], instant)).get(row.scheduleId);
    const memberIds = facts ? membersOf(facts, now) : new Set<string>();
    const judged = judgeOffer(request, { userId, span }, { memberIds, now });
    if (judged.kind === "refused") throw new AppError("conflict", OFFER_REFUSALS[judged.because]);
    const mine = and(
      eq(coverOffers.requestId, requestId),
      eq(coverOffers.userId, userId),
      eq(coverOffers.outcome, "waiting"),
    );
    // A later offer of the same person replaces the one that waits.
    await tx.update(coverOffers).set({ outcome: "withdrawn", decidedAt: now }).where(mine);
    const story = { schedule, spans: judged.spans, inReturn: request.inReturn, message: null };
    if (judged.kind === "taken") {
      await takeCover(scope, cover, { userId, spans: judged.spans });
      await tellCover(scope, {
        event: "taken",
        about: `${requestId} ${userId}`,
        userIds: [row.requesterId],
        story,
      });
      return { kind: "taken" };
    }
    const [first] = judged.spans;
    const last = judged.spans.at(-1);
    if (!first || !last) throw new AppError("conflict", OFFER_REFUSALS["nothing-of-it"]);
    const id = newId(now.getTime());
    const offered = { startsAt: first.startsAt, endsAt: last.endsAt };
    await tx
      .insert(coverOffers)
      .values({ id, requestId, userId, ...offered, outcome: "waiting", createdAt: now });
    await tellCover(scope, { event: "offered", about: id, userIds: [row.requesterId], story });
    await audit(scope, {
      action: "offer",
      objectType: "cover_request",
      objectId: requestId,
      objectName: schedule.name,
      after: { userId, ...offered },
    });
    await publish(scope, {
      topic: "schedule.cover_offered",
      entityType: "schedule",
      entityId: row.scheduleId,
    });
    return { kind: "waiting" };
  });
}
