import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { judgeOutlier, OUTLIER_DAYS } from "#lib/noise/outlier";
import type { Outlier } from "#lib/noise/outlier";
import { rankPast } from "#lib/noise/past-incidents";
import { rankRelated } from "#lib/noise/related-incidents";
import type { Relation } from "#lib/noise/related-incidents";
import { templateOf } from "#lib/problems/template";

/** What is compared of an incident's own. Instants are ISO 8601. */
type ContextSubject = {
  id: string;
  title: string;
  createdAt: string;
  service: { id: string; name: string };
};

/** An earlier incident of the service, how it ended, and why it is shown. */
type PastIncidentDto = {
  number: number;
  title: string;
  createdAt: string;
  /** Null: it is open. */
  lastedMs: number | null;
  /** "person", "integration", … and who it was, where a person did; null: it is open. */
  resolvedVia: string | null;
  resolvedBy: string | null;
  resolution: string | null;
  /** All words agree but what differs from case to case. */
  sameKind: boolean;
  why: string;
};

type PastIncidents = {
  incidents: PastIncidentDto[];
  /** Of the same kind, of all that were looked at; the list may be shorter. */
  sameKind: number;
  /** How usual it is for its service; null: too little is known. */
  outlier: Outlier | null;
};

type RelatedIncidentDto = {
  number: number;
  title: string;
  status: string;
  service: string;
  createdAt: string;
  why: string;
};

/** What happened before an incident, and beside it. */
export type IncidentContextDto = { past: PastIncidents; related: RelatedIncidentDto[] };

const PAST_DAYS = 183;
/** Incidents of the service that are compared, the newest. */
const MOST_COMPARED = 500;
const SHOWN_PAST = 5;
const NEAR_MINUTES = 60;
const MOST_NEAR = 200;
const SHOWN_RELATED = 8;

/** Earlier incidents like this one on its service within half a year, and how usual it is there. */
async function listPastIncidents(ctx: Context, own: ContextSubject): Promise<PastIncidents> {
  const rows = await ctx.db.execute<{
    id: string;
    number: number;
    title: string;
    created: number;
    resolved: number | null;
    resolved_via: string | null;
    resolved_by: { type: string; name: string } | null;
    resolution: string | null;
  }>(sql`
    select i.id, i.number, i.title, (extract(epoch from i.created_at) * 1000)::float8 as created,
      (extract(epoch from i.resolved_at) * 1000)::float8 as resolved, i.resolved_via,
      case when i.status = 'resolved' then i.last_status_change_by end as resolved_by, i.resolution
    from (
      select f.incident_id, f.created_at from incident_facts f
      where f.service_id = ${own.service.id} and f.created_at < ${own.createdAt}::timestamptz
        and f.created_at > ${own.createdAt}::timestamptz - make_interval(days => ${PAST_DAYS})
        and not f.merged and f.incident_id <> ${own.id}
      order by f.created_at desc limit ${MOST_COMPARED}
    ) near
    join incidents i on i.id = near.incident_id`);
  const candidates = rows.map((row) => ({ ...row, createdAt: row.created }));
  const { matches, sameKind } = rankPast(own.title, candidates, SHOWN_PAST);
  return {
    sameKind,
    outlier: outlierOf(own, candidates),
    incidents: matches.map(({ incident, sameKind: isSame, why }) => ({
      number: incident.number,
      title: incident.title,
      createdAt: new Date(incident.created).toISOString(),
      lastedMs: incident.resolved === null ? null : incident.resolved - incident.created,
      resolvedVia: incident.resolved === null ? null : incident.resolved_via,
      resolvedBy: incident.resolved_by?.type === "user" ? incident.resolved_by.name : null,
      resolution: incident.resolution,
      sameKind: isSame,
      why,
    })),
  };
}

function outlierOf(
  own: ContextSubject,
  candidates: readonly { title: string; createdAt: number }[],
): Outlier | null {
  const since = Date.parse(own.createdAt) - OUTLIER_DAYS * 86_400_000;
  const recent = candidates.filter(({ createdAt }) => createdAt >= since);
  const kind = templateOf(own.title);
  const sameKind = recent.filter(({ title }) => templateOf(title) === kind).length;
  return judgeOutlier({ sameKind, all: recent.length });
}

/** Incidents that opened within an hour of this one, on its service, on services that it uses or that use it, or that say the same. */
async function listRelatedIncidents(ctx: Context, own: ContextSubject): Promise<RelatedIncidentDto[]> {
  const rows = await ctx.db.execute<{
    id: string;
    number: number;
    title: string;
    status: string;
    service: string;
    created: number;
    relation: Relation;
  }>(sql`
    select i.id, i.number, i.title, i.status, v.name as service, (extract(epoch from i.created_at) * 1000)::float8 as created,
      case when i.service_id = ${own.service.id} then 'same'
        when exists (select from service_dependencies d where d.dependent_id = ${own.service.id} and d.supporting_id = i.service_id) then 'uses'
        when exists (select from service_dependencies d where d.supporting_id = ${own.service.id} and d.dependent_id = i.service_id) then 'used_by'
        else 'none' end as relation
    from (
      select incident_id from (${nearest(own, "before")} union all ${nearest(own, "after")}) near
      order by abs(extract(epoch from created_at - ${own.createdAt}::timestamptz)) limit ${MOST_NEAR}
    ) near
    join incidents i on i.id = near.incident_id
    join services v on v.id = i.service_id`);
  const subject = { title: own.title, service: own.service.name, createdAt: Date.parse(own.createdAt) };
  const candidates = rows.map((row) => ({ ...row, createdAt: row.created }));
  return rankRelated(subject, candidates, SHOWN_RELATED).map(({ incident, why }) => ({
    number: incident.number,
    title: incident.title,
    status: incident.status,
    service: incident.service,
    createdAt: new Date(incident.created).toISOString(),
    why,
  }));
}

/** The nearest on one side of it: in a storm there are far more within the hour than are looked at. */
function nearest({ id, createdAt }: ContextSubject, side: "before" | "after"): SQL {
  const at = sql`${createdAt}::timestamptz`;
  const minutes = sql`make_interval(mins => ${NEAR_MINUTES})`;
  const [within, order] =
    side === "before"
      ? [sql`f.created_at < ${at} and f.created_at >= ${at} - ${minutes}`, sql`desc`]
      : [sql`f.created_at >= ${at} and f.created_at <= ${at} + ${minutes}`, sql`asc`];
  return sql`(
    select f.incident_id, f.created_at from incident_facts f where ${within} and not f.merged and f.incident_id <> ${id}
    order by f.created_at ${order} limit ${MOST_NEAR}
  )`;
}

/** What happened before and what happens beside an incident. */
export async function readIncidentContext(ctx: Context, own: ContextSubject): Promise<IncidentContextDto> {
  requirePermission(ctx.actor, "read");
  const [past, related] = await Promise.all([listPastIncidents(ctx, own), listRelatedIncidents(ctx, own)]);
  return { past, related };
}
