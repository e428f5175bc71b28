import { sql } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { SuggestionDto } from "#lib/problems/schemas";
import type { SuggestionKind } from "#lib/problems/suggestion";

const SHOWN = 100;
const INCIDENTS_SHOWN = 50;

/** What the engine proposes, the most certain first, each with the incidents that it is about. */
export async function listSuggestions(ctx: Context): Promise<SuggestionDto[]> {
  requirePermission(ctx.actor, "read");
  const rows = await ctx.db.execute<{
    id: string;
    kind: SuggestionKind;
    label: string;
    service_id: string;
    service_name: string | null;
    service_slug: string | null;
    window_days: number;
    observed: number;
    expected: number;
    ratio: number | null;
    p: number;
    q: number;
    found_at: string;
    first_found_at: string;
    closed_number: number | null;
    closed_title: string | null;
    incidents: { number: number; title: string; created_at: string }[] | null;
  }>(sql`
    select g.id, g.kind, g.label, g.service_id, s.name as service_name, s.slug as service_slug, g.window_days, g.observed,
      g.expected, g.ratio, g.p, g.q, g.found_at::text, g.first_found_at::text, c.number as closed_number,
      c.title as closed_title, e.incidents
    from problem_suggestions g
    left join services s on s.id = g.service_id
    left join lateral (
      select p.number, p.title from problems p
      where p.state in ('closed', 'risk_accepted')
        and ((g.kind = 'template' and p.service_id = g.service_id and p.template = g.label)
          or (g.kind = 'feature' and p.feature = g.label))
      order by p.updated_at desc limit 1
    ) c on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('number', m.number, 'title', m.title, 'created_at', m.created_at)
        order by m.created_at desc) as incidents
      from (
        select i.number, i.title, i.created_at from incident_templates t join incidents i on i.id = t.incident_id
          where g.kind = 'template' and t.service_id = g.service_id and t.template = g.label
            and t.created_at >= g.found_at - make_interval(days => g.window_days) and t.created_at < g.found_at
            and i.merged_into_id is null
        union all
        select i.number, i.title, i.created_at from incident_facts f join incidents i on i.id = f.incident_id
          where g.kind = 'feature' and f.feature = g.label
            and f.created_at >= g.found_at - make_interval(days => g.window_days) and f.created_at < g.found_at
            and not f.merged
        order by created_at desc limit ${INCIDENTS_SHOWN}
      ) m
    ) e on true
    where g.state = 'open'
    order by g.p, g.observed desc, g.id limit ${SHOWN}`);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    label: row.label,
    service:
      row.service_name === null
        ? null
        : { id: row.service_id, name: row.service_name, slug: row.service_slug ?? "" },
    windowDays: row.window_days,
    observed: row.observed,
    expected: row.expected,
    ratio: row.ratio,
    p: row.p,
    q: row.q,
    foundAt: new Date(row.found_at).toISOString(),
    firstFoundAt: new Date(row.first_found_at).toISOString(),
    closedProblem:
      row.closed_number === null ? null : { number: row.closed_number, title: row.closed_title ?? "" },
    incidents: (row.incidents ?? []).map(({ number, title, created_at }) => ({
      number,
      title,
      createdAt: new Date(created_at).toISOString(),
    })),
  }));
}
