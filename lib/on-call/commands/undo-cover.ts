import { and, eq, gt, inArray, isNull, lt, ne } from "drizzle-orm";
import { coverOffers, coverRequests } from "#db/schema/covers";
import { scheduleOverrides } from "#db/schema/schedules";
import type { schedules } from "#db/schema/schedules";
import type { TransactionContext } from "#lib/context";
import { tellCover } from "#lib/on-call/commands/tell-cover";

type OverrideRow = typeof scheduleOverrides.$inferSelect;

/**
 * The overrides that go with one that is taken away: both sides of a swap, or nothing. What was accepted of its request is open
 * again, as far as it hasn't begun, and everybody concerned is told.
 */
export async function undoCover(
  scope: TransactionContext,
  schedule: typeof schedules.$inferSelect,
  override: OverrideRow,
): Promise<OverrideRow[]> {
  if (override.coverRequestId === null) return [];
  const { tx, now } = scope;
  const [request] = await tx
    .select()
    .from(coverRequests)
    .where(eq(coverRequests.id, override.coverRequestId));
  if (!request) return [];
  const isSwap = request.returnStartsAt !== null;
  const siblings = isSwap
    ? await tx
        .select()
        .from(scheduleOverrides)
        .where(
          and(
            eq(scheduleOverrides.coverRequestId, request.id),
            ne(scheduleOverrides.id, override.id),
            isNull(scheduleOverrides.removedAt),
          ),
        )
    : [];
  const undone = and(
    eq(coverOffers.requestId, request.id),
    eq(coverOffers.outcome, "accepted"),
    isSwap
      ? undefined
      : and(
          eq(coverOffers.userId, override.userId),
          lt(coverOffers.startsAt, override.endsAt),
          gt(coverOffers.endsAt, override.startsAt),
        ),
    gt(coverOffers.startsAt, now),
  );
  const offers = await tx.select({ id: coverOffers.id }).from(coverOffers).where(undone);
  if (offers.length > 0) {
    const ids = offers.map(({ id }) => id);
    await tx
      .update(coverOffers)
      .set({ outcome: "withdrawn", decidedAt: now })
      .where(inArray(coverOffers.id, ids));
  }
  await tellCover(scope, {
    event: "undone",
    about: override.id,
    userIds: [request.requesterId, ...[override, ...siblings].map(({ userId }) => userId)],
    story: { schedule, spans: [override, ...siblings], inReturn: null, message: null },
  });
  return siblings;
}
