import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { KindOrder } from "#lib/alerts/kind-order";
import { alertConditions } from "#lib/alerts/queries/alert-conditions";
import { KINDS, matchingAlerts } from "#lib/alerts/queries/matching-alerts";
import type { AlertKindDto } from "#lib/alerts/schemas";
import type { BoundedFilter } from "#lib/alerts/span";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { templateText } from "#lib/noise/templates";

/** Parts of the time that the course of a kind is cut into. */
const PARTS = 14;

type Row = {
  template_id: string | null;
  service_id: string;
  tokens: string[] | null;
  name: string;
  slug: string;
  alerts: number;
  events: number;
  opened: number;
  acted: number;
  ignored: number;
  waiting: number;
  said_useful: number;
  said_not_useful: number;
  interruptions: number;
  sleep: number;
  brief_opened: number;
  brief_acted: number;
  soon_opened: number;
  self_resolved: number | null;
  last_ms: number;
  course: number[];
  total: number;
};

const ORDERS: Record<KindOrder, SQL> = {
  alerts: sql`alerts desc`,
  interruptions: sql`interruptions desc, alerts desc`,
  ignored: sql`ignored desc, alerts desc`,
};

/** The kinds of texts among the alerts of a filter, most first by `order`; at most `limit`, and how many there are in all. */
export async function listAlertKinds(
  ctx: Context,
  { filter, order, limit }: { filter: BoundedFilter; order: KindOrder; limit: number },
): Promise<{ kinds: AlertKindDto[]; total: number }> {
  requirePermission(ctx.actor, "read");
  const viewer = { userId: ctx.actor.id, timeZone: ctx.actor.timeZone };
  const rows = await ctx.db.execute<Row>(sql`
    with ${matchingAlerts(alertConditions(filter, viewer))}, ${KINDS}, shown as (
      select *, (count(*) over ())::int as total, row_number() over (order by ${ORDERS[order]}, service_id, template_id) as place
      from kinds
      order by place limit ${limit}
    ), bounds as (
      select extract(epoch from ${filter.from}::timestamptz) as begins,
        greatest(extract(epoch from coalesce(${filter.to}::timestamptz, now())), extract(epoch from ${filter.from}::timestamptz) + 1) as ends
    ), parts as (
      select s.place, least(${PARTS}, width_bucket(extract(epoch from m.created_at), bounds.begins, bounds.ends, ${PARTS})) as part,
        count(*)::int as alerts
      from bounds, matching m
      join shown s on s.service_id = m.service_id and s.template_id is not distinct from m.template_id
      group by 1, 2
    )
    select s.*, t.tokens, v.name, v.slug, (s.lasted * 1000)::float8 as self_resolved,
      (extract(epoch from s.last_at) * 1000)::float8 as last_ms, (
        select array_agg(coalesce(parts.alerts, 0) order by g.part) from generate_series(1, ${PARTS}) as g (part)
        left join parts on parts.place = s.place and parts.part = g.part
      ) as course
    from shown s
    join services v on v.id = s.service_id
    left join alert_templates t on t.id = s.template_id
    order by s.place`);
  return { kinds: rows.map(kindDto), total: rows[0]?.total ?? 0 };
}

function kindDto(row: Row): AlertKindDto {
  return {
    id: row.template_id ?? "none",
    text: kindText(row.tokens),
    service: { id: row.service_id, name: row.name, slug: row.slug },
    alerts: row.alerts,
    events: row.events,
    opened: row.opened,
    acted: row.acted,
    ignored: row.ignored,
    waiting: row.waiting,
    saidUseful: row.said_useful,
    saidNotUseful: row.said_not_useful,
    interruptions: row.interruptions,
    sleepInterruptions: row.sleep,
    briefOpened: row.brief_opened,
    briefActed: row.brief_acted,
    soonOpened: row.soon_opened,
    selfResolvedMs: row.self_resolved,
    lastAt: new Date(row.last_ms).toISOString(),
    course: row.course,
  };
}

/** What a kind is called. */
export function kindText(tokens: readonly string[] | null): string {
  return tokens === null ? "Texts of no kind" : templateText(tokens);
}
