import { and, asc, eq, gt, isNull, lt, or } from "drizzle-orm";
import { calendarFeeds, publishedShifts } from "#db/schema/calendar-feeds";
import { users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import { publishShifts } from "#lib/calendars/commands/publish-shifts";
import type { OpenFeed } from "#lib/calendars/queries/open-feed";
import type { FeedEvent } from "#lib/calendars/write-ics";
import type { Context, TransactionContext } from "#lib/context";
import { inTransaction } from "#lib/context";
import { env } from "#lib/env";
import { loadSchedulesOf } from "#lib/people/queries/obligations";
import { DAY } from "#lib/time/calendar";

const BACK_DAYS = 30;
const AHEAD_DAYS = 180;
const READ_SEEN_EVERY_MS = 60_000;

/** What a feed says now: its name and its shifts, called-off ones included, by their beginning. */
export async function readFeedCalendar(
  ctx: Context,
  feed: OpenFeed,
): Promise<{ name: string; events: FeedEvent[] }> {
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const window = {
      start: new Date(now.getTime() - BACK_DAYS * DAY),
      end: new Date(now.getTime() + AHEAD_DAYS * DAY),
    };
    const scheduleIds = feed.schedule
      ? [feed.schedule.id]
      : (await loadSchedulesOf(tx, feed.person.id, window.start)).map(({ id }) => id);
    await publishShifts(scope, { scheduleIds, userId: feed.schedule ? null : feed.person.id }, window);
    await markRead(scope, feed);
    const rows = await tx
      .select({
        shift: publishedShifts,
        schedule: { name: schedules.name, slug: schedules.slug },
        personName: users.name,
      })
      .from(publishedShifts)
      .innerJoin(schedules, eq(schedules.id, publishedShifts.scheduleId))
      .innerJoin(users, eq(users.id, publishedShifts.userId))
      .where(
        and(
          feed.schedule
            ? eq(publishedShifts.scheduleId, feed.schedule.id)
            : eq(publishedShifts.userId, feed.person.id),
          lt(publishedShifts.startsAt, window.end),
          or(isNull(publishedShifts.endsAt), gt(publishedShifts.endsAt, window.start)),
        ),
      )
      .orderBy(asc(publishedShifts.startsAt), asc(publishedShifts.scheduleId), asc(publishedShifts.userId));
    const name = feed.schedule ? `On call – ${feed.schedule.name}` : `On call – ${feed.person.name}`;
    return { name, events: rows.map((row) => toEvent(row, feed, window.end)) };
  });
}

type Row = {
  shift: typeof publishedShifts.$inferSelect;
  schedule: { name: string; slug: string };
  personName: string;
};

function toEvent({ shift, schedule, personName }: Row, feed: OpenFeed, until: Date): FeedEvent {
  const { startsAt, endsAt, sequence, modifiedAt, cancelledAt, scheduleId, userId } = shift;
  const { url } = env();
  const start = startsAt.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return {
    uid: `${scheduleId}-${start}-${userId}@${new URL(url).hostname}`,
    start: startsAt,
    end: endsAt ?? nextMonth(until),
    summary: ["On call", schedule.name, ...(feed.schedule ? [personName] : [])].join(" – "),
    description: endsAt === null ? "No end is planned." : null,
    url: `${url}/schedules/${schedule.slug}`,
    sequence,
    modifiedAt,
    isCancelled: cancelledAt !== null,
  };
}

/** Where a shift without end stops in a calendar, which needs one: it moves once a month only. */
function nextMonth(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
}

async function markRead({ tx, now }: TransactionContext, { id, lastReadAt }: OpenFeed): Promise<void> {
  if (lastReadAt && now.getTime() - lastReadAt.getTime() < READ_SEEN_EVERY_MS) return;
  await tx.update(calendarFeeds).set({ lastReadAt: now }).where(eq(calendarFeeds.id, id));
}
