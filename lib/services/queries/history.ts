import { sql } from "drizzle-orm";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { incidentsHref } from "#lib/incidents/filter";
import type { Clock } from "#lib/incidents/filter";
import { clockColumn } from "#lib/incidents/queries/filter-conditions";
import { rangeOf } from "#lib/reports/period";
import { whereOf } from "#lib/reports/queries/report-scope";
import { selectSummaries, toSummary } from "#lib/reports/queries/summaries";
import type { SummaryRow } from "#lib/reports/queries/summaries";
import { populationOf } from "#lib/reports/report-filter";
import { parseResponseFilter, responseHref } from "#lib/reports/response-filter";
import type { DurationSummary } from "#lib/reports/response-report";

const DAYS = 90;

export type ServiceDay = {
  /** YYYY-MM-DD in the viewer's zone. */
  date: string;
  /** Incidents that were open on that day, however short. */
  incidents: number;
  /** The gravest of them; null: none. */
  worst: "major" | "high" | "low" | null;
  /** The service was not in the catalogue yet and nothing is known of it. */
  isUnknown: boolean;
};

export type ServiceHistory = {
  /** The last 90 days, oldest first, today included. */
  days: ServiceDay[];
  /** Over the response report's default range. */
  clocks: { clock: Clock; summary: DurationSummary; reportHref: string }[];
};

/** What a service went through: its last 90 days, and how fast its incidents were acknowledged and resolved. */
export async function readServiceHistory(ctx: Context, serviceId: string): Promise<ServiceHistory> {
  requirePermission(ctx.actor, "read");
  const [days, clocks] = await Promise.all([readDays(ctx, serviceId), readClocks(ctx, serviceId)]);
  return { days, clocks };
}

async function readDays(ctx: Context, serviceId: string): Promise<ServiceDay[]> {
  const { timeZone } = ctx.actor;
  const rows = await ctx.db.execute<{
    date: string;
    incidents: number;
    worst: ServiceDay["worst"];
    is_unknown: boolean;
  }>(sql`
    with today as (select date_trunc('day', now() at time zone ${timeZone}) as midnight),
    days as (
      select day, day at time zone ${timeZone} as starts, (day + interval '1 day') at time zone ${timeZone} as ends
      from today, generate_series(midnight - make_interval(days => ${DAYS - 1}), midnight, interval '1 day') as day
    ),
    known as (
      select least(s.created_at, (select min(created_at) from incident_facts where service_id = s.id)) as since
      from services s where s.id = ${serviceId}
    )
    select to_char(d.day, 'YYYY-MM-DD') as date, count(f.incident_id)::int as incidents,
      case when bool_or(f.major) then 'major' when bool_or(f.urgency = 'high') then 'high'
        when count(f.incident_id) > 0 then 'low' end as worst,
      coalesce(d.ends <= (select since from known), true) as is_unknown
    from days d
    left join incident_facts f on f.service_id = ${serviceId} and not f.merged and f.created_at <= now()
      and f.created_at < d.ends and (f.resolved_at is null or f.resolved_at >= d.starts)
    group by d.day, d.ends
    order by d.day`);
  return rows.map(({ is_unknown: isUnknown, ...day }) => ({ ...day, isUnknown }));
}

/** The same incidents as in the report that the figures lead to. */
async function readClocks(ctx: Context, serviceId: string): Promise<ServiceHistory["clocks"]> {
  const now = await readNow(ctx.db);
  const viewer = { userId: ctx.actor.id, timeZone: ctx.actor.timeZone };
  return Promise.all(
    (["acknowledge", "resolve"] as const).map(async (clock) => {
      const filter = parseResponseFilter({ service: serviceId, clock });
      const population = populationOf(filter, rangeOf(filter, viewer.timeZone, now.getTime()));
      const ms = clockColumn(clock);
      const measured = sql`select null::text as key, ${ms} as ms, number from incident_facts
        where ${whereOf(population, viewer)} and ${ms} is not null`;
      const [row] = await ctx.db.execute<SummaryRow>(selectSummaries(measured));
      const summary = toSummary(row, incidentsHref({ ...population, clock }));
      return { clock, summary, reportHref: responseHref(filter) };
    }),
  );
}
