import { eq } from "drizzle-orm";
import { calendarFeeds } from "#db/schema/calendar-feeds";
import { lockFeed } from "#lib/calendars/commands/lock-feed";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";

/** Takes the acting person's calendar address away; calendars that read it are told that it is not there. */
export async function removeFeed(ctx: Context, feedId: string): Promise<void> {
  requirePermission(ctx.actor, "read");
  await inTransaction(ctx, async (scope) => {
    await lockFeed(scope, feedId);
    await scope.tx.delete(calendarFeeds).where(eq(calendarFeeds.id, feedId));
    await audit(scope, {
      action: "delete",
      objectType: "calendar_feed",
      objectId: feedId,
      objectName: ctx.actor.name,
    });
  });
}
