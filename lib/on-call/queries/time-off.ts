import { and, asc, gt, inArray, lt } from "drizzle-orm";
import type { Database } from "#db/connect";
import { timeOff } from "#db/schema/time-off";
import type { Transaction } from "#lib/context";
import type { ScheduleWindow } from "#lib/on-call/schedule";
import type { Interval } from "#lib/time/interval";

/** When these people are away within the window, each by start, in epoch milliseconds. */
export async function loadTimeOff(
  db: Database | Transaction,
  userIds: readonly string[],
  { start, end }: ScheduleWindow,
): Promise<Map<string, Interval[]>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .select({ userId: timeOff.userId, startsAt: timeOff.startsAt, endsAt: timeOff.endsAt })
    .from(timeOff)
    .where(and(inArray(timeOff.userId, [...userIds]), lt(timeOff.startsAt, end), gt(timeOff.endsAt, start)))
    .orderBy(asc(timeOff.startsAt));
  const byPerson = Map.groupBy(rows, ({ userId }) => userId);
  return new Map(
    [...byPerson].map(([userId, own]) => [
      userId,
      own.map(({ startsAt, endsAt }) => ({ start: startsAt.getTime(), end: endsAt.getTime() })),
    ]),
  );
}
