import { eq, sql } from "drizzle-orm";
import { incidentFacts } from "#db/schema/incident-facts";
import { teamMembers } from "#db/schema/people";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { EVERY_INCIDENT } from "#lib/incidents/filter";
import type { IncidentFilter } from "#lib/incidents/filter";
import { listIncidents } from "#lib/incidents/queries/list-incidents";
import type { IncidentRowDto } from "#lib/incidents/schemas";

export type HourDto = { start: string; count: number };

export type HomeDto = {
  /** Open and assigned to this person: unacknowledged first, then by what happens soonest. */
  mine: IncidentRowDto[];
  /** Open on services of this person's teams and not theirs. */
  ours: IncidentRowDto[];
  oursFilter: IncidentFilter | null;
  /** Open and major, whosever they are. */
  majors: IncidentRowDto[];
  hours: HourDto[];
  openCount: number;
  lastResolvedAt: string | null;
  now: string;
};

const OPEN = ["triggered", "acknowledged"] as const;

/** What a responder sees first: what needs them, what their teams have, and the last 24 hours. */
export async function readHome(ctx: Context): Promise<HomeDto> {
  requirePermission(ctx.actor, "read");
  const teams = await ctx.db
    .select({ id: teamMembers.teamId })
    .from(teamMembers)
    .where(eq(teamMembers.userId, ctx.actor.id ?? ""));
  const open: IncidentFilter = { ...EVERY_INCIDENT, status: OPEN };
  const oursFilter = teams.length > 0 ? { ...open, team: teams.map(({ id }) => id) } : null;
  const [mine, ours, majors, all, hours, resolved] = await Promise.all([
    listIncidents(ctx, { filter: { ...open, assignee: ["me"] }, sort: "act-now", limit: 20 }),
    oursFilter ? listIncidents(ctx, { filter: oursFilter, sort: "act-now", limit: 10 }) : null,
    listIncidents(ctx, { filter: { ...open, major: true }, sort: "act-now", limit: 10 }),
    listIncidents(ctx, { filter: open, sort: "act-now", limit: 1 }),
    startsByHour(ctx),
    ctx.db
      .select({
        at: sql<string | null>`(extract(epoch from max(${incidentFacts.resolvedAt})) * 1000)::bigint::text`,
      })
      .from(incidentFacts),
  ]);
  const own = new Set(mine.rows.map(({ id }) => id));
  const lastResolved = resolved[0]?.at;
  return {
    mine: mine.rows,
    ours: (ours?.rows ?? []).filter(({ id }) => !own.has(id)),
    oursFilter,
    majors: majors.rows,
    hours,
    openCount: all.total,
    lastResolvedAt: lastResolved ? new Date(Number(lastResolved)).toISOString() : null,
    now: all.now,
  };
}

/** How many incidents began in each of the last 24 hours, the running one last. */
async function startsByHour(ctx: Context): Promise<HourDto[]> {
  const rows = await ctx.db.execute<{ start: string; count: number }>(sql`
    select (extract(epoch from hour) * 1000)::bigint::text as start, count(${incidentFacts.incidentId})::int as count
    from generate_series(date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), interval '1 hour') as hour
    left join ${incidentFacts} on ${incidentFacts.createdAt} >= hour
      and ${incidentFacts.createdAt} < hour + interval '1 hour' and ${incidentFacts.merged} = false
    group by hour order by hour`);
  return rows.map(({ start, count }) => ({ start: new Date(Number(start)).toISOString(), count }));
}
