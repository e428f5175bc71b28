import { calendarFeeds } from "#db/schema/calendar-feeds";
import { getFeed, toFeedDto } from "#lib/calendars/queries/feeds";
import type { FeedDto } from "#lib/calendars/queries/feeds";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { getSchedule } from "#lib/on-call/queries/schedules";

/** Makes the acting person's secret address for a schedule, or for their own shifts (`scheduleId` null); the one there is if there is one. */
export async function makeFeed(
  ctx: Context,
  { scheduleId }: { scheduleId: string | null },
): Promise<FeedDto> {
  requirePermission(ctx.actor, "read");
  const userId = ctx.actor.type === "user" ? ctx.actor.id : null;
  if (userId === null) throw new AppError("forbidden", "Only a person has calendar addresses.");
  const schedule = scheduleId === null ? null : await getSchedule(ctx, scheduleId);
  const made = await inTransaction(ctx, async (scope) => {
    const id = newId(scope.now.getTime());
    const [row] = await scope.tx
      .insert(calendarFeeds)
      .values({ id, userId, scheduleId: schedule?.id ?? null, createdAt: scope.now })
      .onConflictDoNothing()
      .returning();
    if (row) {
      await audit(scope, {
        action: "create",
        objectType: "calendar_feed",
        objectId: id,
        objectName: schedule?.name ?? ctx.actor.name,
      });
    }
    return row;
  });
  const feed = made ? toFeedDto(made) : await getFeed(ctx, schedule?.id ?? null);
  if (!feed) throw new AppError("conflict", "The address was taken away in this moment; try again.");
  return feed;
}
