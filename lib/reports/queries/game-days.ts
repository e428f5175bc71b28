import { sql } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { EVERY_INCIDENT, incidentsHref } from "#lib/incidents/filter";
import type { GameDayDto } from "#lib/reports/schemas";

const PAGE = 50;

/**
 * Game days, the latest first, those that begin before an instant (ISO 8601) where one is given, with how many incidents each had. `older`:
 * before which instant the next page begins; null at the end.
 */
export async function listGameDays(
  ctx: Context,
  before: string | null,
): Promise<{ days: GameDayDto[]; older: string | null }> {
  requirePermission(ctx.actor, "read");
  const rows = await ctx.db.execute<Omit<GameDayDto, "href">>(sql`
    select g.id, g.name, g.load, ${iso("g.starts_at")} as "startsAt", ${iso("g.ends_at")} as "endsAt",
      (select count(*)::int from incident_facts f where f.created_at >= g.starts_at and f.created_at < g.ends_at) as incidents
    from (
      select * from game_days where ${before}::timestamptz is null or starts_at < ${before}::timestamptz
      order by starts_at desc, id limit ${PAGE + 1}
    ) g
    order by g.starts_at desc, g.id`);
  const days = rows.slice(0, PAGE).map((row) => ({
    ...row,
    href: incidentsHref({ ...EVERY_INCIDENT, from: row.startsAt, to: row.endsAt }),
  }));
  return { days, older: rows.length > PAGE ? (days.at(-1)?.startsAt ?? null) : null };
}

function iso(column: string) {
  return sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
}
