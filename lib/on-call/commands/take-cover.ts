import { inArray } from "drizzle-orm";
import { coverOffers } from "#db/schema/covers";
import { scheduleOverrides } from "#db/schema/schedules";
import { audit } from "#lib/context";
import type { TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { LockedCover } from "#lib/on-call/commands/lock-cover";
import type { CoverSpan } from "#lib/on-call/cover";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { relieve } from "#lib/on-call/relieve";
import type { NewOverride } from "#lib/on-call/relieve";
import { publish } from "#lib/outbox";

type Taking = {
  userId: string;
  spans: readonly CoverSpan[];
  /** A waiting offer that is accepted by this; its place is taken by what comes about. */
  offerId?: string;
};

/**
 * Makes what was taken true: the offers are accepted and the overrides written, in a swap those of both sides, all or none. The caller
 * holds the request's lock and has judged the offer. Throws `conflict` when the people are no longer on call then.
 */
export async function takeCover(
  scope: TransactionContext,
  cover: LockedCover,
  taking: Taking,
): Promise<void> {
  const { tx, now, actor } = scope;
  const { row, request, schedule } = cover;
  const { userId, spans, offerId } = taking;
  const made = await overridesFor(scope, cover, taking);
  if (offerId !== undefined) await tx.delete(coverOffers).where(inArray(coverOffers.id, [offerId]));
  await tx.insert(coverOffers).values(
    spans.map((span) => ({
      id: newId(now.getTime()),
      requestId: row.id,
      userId,
      ...span,
      outcome: "accepted" as const,
      createdAt: now,
      decidedAt: now,
    })),
  );
  const rows = made.map((override) => ({
    id: newId(now.getTime()),
    scheduleId: row.scheduleId,
    ...override,
    createdBy: actor.type === "user" ? actor.id : null,
    createdAt: now,
    coverRequestId: row.id,
  }));
  await tx.insert(scheduleOverrides).values(rows);
  await audit(scope, {
    action: "take",
    objectType: "cover_request",
    objectId: row.id,
    objectName: schedule.name,
    after: { scheduleId: row.scheduleId, userId, spans, inReturn: request.inReturn },
  });
  await publish(scope, { topic: "schedule.overridden", entityType: "schedule", entityId: row.scheduleId });
}

async function overridesFor(
  { tx }: TransactionContext,
  { row, request }: LockedCover,
  { userId, spans }: Taking,
): Promise<NewOverride[]> {
  const all = request.inReturn ? [...spans, request.inReturn] : spans;
  const start = new Date(Math.min(...all.map(({ startsAt }) => startsAt.getTime())));
  const end = new Date(Math.max(...all.map(({ endsAt }) => endsAt.getTime())));
  const facts = (await loadScheduleFacts(tx, [row.scheduleId], { start, end })).get(row.scheduleId);
  if (!facts) throw gone();
  // Both sides of a swap as things stand before it.
  const given = spans.flatMap((span) =>
    relieve(facts, { relievedId: row.requesterId, byUserId: userId }, span),
  );
  const returned = request.inReturn
    ? relieve(facts, { relievedId: userId, byUserId: row.requesterId }, request.inReturn)
    : [];
  if (given.length === 0 || (request.inReturn && returned.length === 0)) throw gone();
  return [...given, ...returned];
}

function gone(): AppError {
  return new AppError(
    "conflict",
    "The shift has changed since it was asked for: nobody is to be relieved then.",
  );
}
