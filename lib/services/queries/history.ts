import { sql } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";

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

/** What a service went through: its last 90 days, oldest first, today included. */
export async function readServiceHistory(ctx: Context, serviceId: string): Promise<ServiceDay[]> {
  requirePermission(ctx.actor, "read");
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
