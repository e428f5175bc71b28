import { and, eq } from "drizzle-orm";
import { calendarFeeds } from "#db/schema/calendar-feeds";
import type { TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";

/** Locks a feed of the acting person. Throws `not_found` for one of somebody else's as well: nobody is told that there is one. */
export async function lockFeed(
  { tx, actor }: TransactionContext,
  feedId: string,
): Promise<typeof calendarFeeds.$inferSelect> {
  const [row] = await tx
    .select()
    .from(calendarFeeds)
    .where(and(eq(calendarFeeds.id, feedId), eq(calendarFeeds.userId, actor.id ?? "")))
    .for("update");
  if (!row) throw new AppError("not_found", "You have no such calendar address.");
  return row;
}
