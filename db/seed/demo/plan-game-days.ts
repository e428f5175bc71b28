import type { gameDays } from "#db/schema/game-days";
import { newId } from "#lib/ids";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
// Near enough without daylight saving, as the incidents are planned.
const EASTERN = -5 * HOUR;

/** The game days of the thirteen months before `now` and the four weeks after: weekends and two evenings, as the season has them. */
export function planGameDays(now: number): (typeof gameDays.$inferInsert)[] {
  const first = Math.floor((now - 395 * DAY + EASTERN) / DAY) * DAY;
  const days = Array.from({ length: 395 + 28 }, (_, index) => first + index * DAY);
  return days.flatMap((day) => {
    const local = new Date(day);
    const inSeason = local.getUTCMonth() >= 8 || local.getUTCMonth() <= 1;
    const game = GAMES[local.getUTCDay()];
    if (!game) return [];
    const startsAt = day - EASTERN + game.from * HOUR;
    return {
      id: newId(startsAt),
      name: game.name,
      load: inSeason ? game.load : ("raised" as const),
      startsAt: new Date(startsAt),
      endsAt: new Date(day - EASTERN + DAY),
      isDemo: true,
      createdAt: new Date(first),
    };
  });
}

// By weekday, Sunday first.
const GAMES: Partial<Record<number, { name: string; load: "high" | "peak"; from: number }>> = {
  0: { name: "Sunday games", load: "peak", from: 12 },
  1: { name: "Monday night", load: "high", from: 20 },
  4: { name: "Thursday night", load: "high", from: 20 },
  6: { name: "Saturday games", load: "high", from: 12 },
};
