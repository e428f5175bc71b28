import { and, eq, gt, inArray, isNull, lt } from "drizzle-orm";
import { coverOffers, coverRequests } from "#db/schema/covers";
import { schedules } from "#db/schema/schedules";
import { inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { tellCover } from "#lib/on-call/commands/tell-cover";
import { openSpans, reminderAt } from "#lib/on-call/cover";
import { toCoverRequest } from "#lib/on-call/queries/cover-rows";
import { HOUR } from "#lib/time/calendar";

/** Reminds those whose request nobody has taken while there is time to find somebody, each once; answers how many there were. */
export async function tellUntaken(ctx: Context): Promise<number> {
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const rows = await tx
      .select({ request: coverRequests, schedule: { name: schedules.name, slug: schedules.slug } })
      .from(coverRequests)
      .innerJoin(schedules, eq(schedules.id, coverRequests.scheduleId))
      .where(
        and(
          isNull(coverRequests.withdrawnAt),
          isNull(coverRequests.declinedAt),
          isNull(schedules.deletedAt),
          isNull(coverRequests.remindedAt),
          lt(coverRequests.startsAt, new Date(now.getTime() + 12 * HOUR)),
          gt(coverRequests.endsAt, now),
        ),
      )
      .for("update", { of: coverRequests, skipLocked: true });
    if (rows.length === 0) return 0;
    const ids = rows.map(({ request }) => request.id);
    const offers = await tx.select().from(coverOffers).where(inArray(coverOffers.requestId, ids));
    const due = rows.flatMap(({ request: row, schedule }) => {
      const request = toCoverRequest(
        row,
        offers.filter(({ requestId }) => requestId === row.id),
      );
      const at = reminderAt(request, row.createdAt);
      return at !== null && at <= now ? [{ row, schedule, request }] : [];
    });
    for (const { row, schedule, request } of due) {
      const story = { schedule, spans: openSpans(request), inReturn: request.inReturn, message: null };
      await tellCover(scope, { event: "untaken", about: row.id, userIds: [row.requesterId], story });
    }
    if (due.length > 0) {
      const reminded = due.map(({ row }) => row.id);
      await tx.update(coverRequests).set({ remindedAt: now }).where(inArray(coverRequests.id, reminded));
    }
    return due.length;
  });
}
