import { sql } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { EVERY_INCIDENT, incidentsHref } from "#lib/incidents/filter";
import type { GameDayDto } from "#lib/reports/schemas";

const MOST = 200;

/** Game days to come and the newest past ones, the latest first, with how many incidents each had. */
export async function listGameDays(ctx: Context): Promise<GameDayDto[]> {
  requirePermission(ctx.actor, "read");
  const rows = await ctx.db.execute<Omit<GameDayDto, "href">>(sql`
    select g.id, g.name, g.load, ${iso("g.starts_at")} as "startsAt", ${iso("g.ends_at")} as "endsAt",
      (select count(*)::int from incident_facts f where f.created_at >= g.starts_at and f.created_at < g.ends_at) as incidents
    from (select * from game_days order by starts_at desc limit ${MOST}) g order by g.starts_at desc`);
  return rows.map((row) => ({
    ...row,
    href: incidentsHref({ ...EVERY_INCIDENT, from: row.startsAt, to: row.endsAt }),
  }));
}

function iso(column: string) {
  return sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
}
