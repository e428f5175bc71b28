import { eq } from "drizzle-orm";
import { calendarFeeds } from "#db/schema/calendar-feeds";
import { lockFeed } from "#lib/calendars/commands/lock-feed";
import { toFeedDto } from "#lib/calendars/queries/feeds";
import type { FeedDto } from "#lib/calendars/queries/feeds";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";

/** Gives the acting person's feed another address; the one before leads nowhere from that moment on. */
export async function rotateFeed(ctx: Context, feedId: string): Promise<FeedDto> {
  requirePermission(ctx.actor, "read");
  return inTransaction(ctx, async (scope) => {
    const feed = await lockFeed(scope, feedId);
    const changed = { version: feed.version + 1, rotatedAt: scope.now, lastReadAt: null };
    await scope.tx.update(calendarFeeds).set(changed).where(eq(calendarFeeds.id, feedId));
    await audit(scope, {
      action: "rotate",
      objectType: "calendar_feed",
      objectId: feedId,
      objectName: ctx.actor.name,
    });
    return toFeedDto({ ...feed, ...changed });
  });
}
