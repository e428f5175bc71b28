import { and, eq, isNull, or } from "drizzle-orm";
import type { Database } from "#db/connect";
import { calendarFeeds } from "#db/schema/calendar-feeds";
import { users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import { readFeedToken } from "#lib/calendars/feed-token";

export type OpenFeed = {
  id: string;
  person: { id: string; name: string };
  /** Null: the person's own shifts. */
  schedule: { id: string; name: string; slug: string } | null;
  lastReadAt: Date | null;
};

/** The feed behind an address; null if there is none, any more or yet, or its person or schedule is gone. */
export async function openFeed(db: Database, token: string): Promise<OpenFeed | null> {
  const key = readFeedToken(token);
  if (!key) return null;
  const [row] = await db
    .select({
      id: calendarFeeds.id,
      person: { id: users.id, name: users.name },
      schedule: { id: schedules.id, name: schedules.name, slug: schedules.slug },
      lastReadAt: calendarFeeds.lastReadAt,
    })
    .from(calendarFeeds)
    .innerJoin(users, and(eq(users.id, calendarFeeds.userId), isNull(users.deactivatedAt)))
    .leftJoin(schedules, eq(schedules.id, calendarFeeds.scheduleId))
    .where(
      and(
        eq(calendarFeeds.id, key.feedId),
        eq(calendarFeeds.version, key.version),
        or(isNull(calendarFeeds.scheduleId), isNull(schedules.deletedAt)),
      ),
    );
  return row ?? null;
}
