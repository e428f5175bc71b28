import { sql } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { OpenStorm } from "#lib/noise/storm";

/** A storm is noticed by the alerts of so long before. */
const WATCHED = "20 minutes";
/** As many as one request may name. */
const MOST_MERGED = 250;

/** The storms that are on, oldest first: of every service, or of one. */
export async function listStorms(ctx: Context, serviceId: string | null = null): Promise<OpenStorm[]> {
  requirePermission(ctx.actor, "read");
  const rows = await ctx.db.execute<{
    id: string;
    began: number;
    because: string;
    service_id: string;
    name: string;
    slug: string;
    incident_id: string | null;
    number: number | null;
    is_open: boolean | null;
    alert_count: number | null;
    others: number;
    opened_with: string[];
  }>(sql`
    select storms.id, (extract(epoch from storms.started_at) * 1000)::float8 as began, storms.because,
      services.id as service_id, services.name, services.slug,
      storms.incident_id, facts.number, facts.status <> 'resolved' as is_open, facts.alert_count,
      (select count(*)::int from incidents
        where incidents.service_id = storms.service_id and incidents.status <> 'resolved'
          and incidents.id is distinct from storms.incident_id) as others,
      array(select incidents.id from incidents
        where incidents.service_id = storms.service_id and incidents.status <> 'resolved'
          and incidents.id is distinct from storms.incident_id
          and incidents.created_at >= storms.started_at - ${WATCHED}::interval
        order by incidents.number limit ${MOST_MERGED}) as opened_with
    from storms
    join services on services.id = storms.service_id
    left join incident_facts facts on facts.incident_id = storms.incident_id
    where storms.ended_at is null and ${serviceId === null ? sql`true` : sql`storms.service_id = ${serviceId}`}
    order by storms.started_at, storms.id`);
  return rows.map((row) => ({
    id: row.id,
    startedAt: new Date(row.began).toISOString(),
    because: row.because,
    service: { id: row.service_id, name: row.name, slug: row.slug },
    incident:
      row.number === null
        ? null
        : {
            id: row.incident_id ?? "",
            number: row.number,
            isOpen: row.is_open ?? false,
            alertCount: row.alert_count ?? 0,
          },
    otherIncidents: row.others,
    openedWith: row.opened_with,
  }));
}
