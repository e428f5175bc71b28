import { and, eq, isNull } from "drizzle-orm";
import { calendarFeeds } from "#db/schema/calendar-feeds";
import { signFeed } from "#lib/calendars/feed-token";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { env } from "#lib/env";

/** A secret calendar address of the person who asks. Who knows it reads the calendar, without signing in. */
export type FeedDto = {
  id: string;
  url: string;
  /** The same for programs that subscribe when such a link is opened. */
  webcalUrl: string;
  createdAt: string;
  rotatedAt: string | null;
  lastReadAt: string | null;
};

/** The asking person's feed of a schedule, or of their own shifts; null: none was made. Never anybody else's. */
export async function getFeed(ctx: Context, scheduleId: string | null): Promise<FeedDto | null> {
  requirePermission(ctx.actor, "read");
  if (ctx.actor.id === null) return null;
  const [row] = await ctx.db
    .select()
    .from(calendarFeeds)
    .where(
      and(
        eq(calendarFeeds.userId, ctx.actor.id),
        scheduleId === null ? isNull(calendarFeeds.scheduleId) : eq(calendarFeeds.scheduleId, scheduleId),
      ),
    );
  return row ? toFeedDto(row) : null;
}

export function toFeedDto(row: typeof calendarFeeds.$inferSelect): FeedDto {
  const url = `${env().url}/calendar/${signFeed({ feedId: row.id, version: row.version })}.ics`;
  return {
    id: row.id,
    url,
    webcalUrl: url.replace(/^https?:/, "webcal:"),
    createdAt: row.createdAt.toISOString(),
    rotatedAt: row.rotatedAt?.toISOString() ?? null,
    lastReadAt: row.lastReadAt?.toISOString() ?? null,
  };
}
