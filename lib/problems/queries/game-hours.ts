import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import type { Transaction } from "#lib/context";
import { gameMultiplier } from "#lib/problems/recurrence";
import type { Hours } from "#lib/problems/recurrence";
import { HOUR } from "#lib/time/calendar";
import { intersect, totalLength, union } from "#lib/time/interval";
import type { Interval } from "#lib/time/interval";

/** Tells how much of any stretch of time was game time, and how many times as many incidents come then. */
export type GameTime = { hoursIn: (start: number, end: number) => Hours; multiplier: number };

/** What the calendar of game days and the incidents from `since` on say about game time. */
export async function readGameTime(
  { tx }: { tx: Transaction | Database },
  since: Date,
  until: Date,
): Promise<GameTime> {
  const [games, [counts]] = await Promise.all([
    tx.execute<{ start: string; end: string }>(sql`
      select extract(epoch from starts_at) * 1000 as start, extract(epoch from ends_at) * 1000 as "end"
      from game_days where ends_at > ${since.toISOString()} and starts_at < ${until.toISOString()}`),
    tx.execute<{ game: number; other: number }>(sql`
      select count(*) filter (where game_day)::int as game, count(*) filter (where not game_day)::int as other
      from incident_facts
      where created_at >= ${since.toISOString()} and created_at < ${until.toISOString()} and not merged`),
  ]);
  const spans = union(games.map(({ start, end }): Interval => ({ start: Number(start), end: Number(end) })));
  const hoursIn = (start: number, end: number): Hours => {
    if (end <= start) return { total: 0, game: 0 };
    const game = totalLength(intersect(spans, [{ start, end }]));
    return { total: (end - start) / HOUR, game: game / HOUR };
  };
  const hours = hoursIn(since.getTime(), until.getTime());
  return { hoursIn, multiplier: gameMultiplier(counts ?? { game: 0, other: 0 }, hours) };
}
