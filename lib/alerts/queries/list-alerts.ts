import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Acted, Said } from "#lib/alerts/acted";
import type { AlertFilter, AlertOutcome } from "#lib/alerts/filter";
import { ACTED, alertConditions, ALERTS, OUTCOME, SAID } from "#lib/alerts/queries/alert-conditions";
import type { AlertCounts, AlertDetailDto, AlertListDto, AlertRowDto } from "#lib/alerts/schemas";
import type { PausedBy } from "#lib/alerts/verdict";
import type { AlertStatus, Severity } from "#lib/alerts/vocabulary";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { decodeCursor, encodeCursor, instantCursor, pageOf } from "#lib/http/paging";
import { templateText } from "#lib/noise/templates";

type Row = {
  id: string;
  summary: string;
  severity: Severity;
  status: AlertStatus;
  outcome: AlertOutcome;
  acted: Acted | null;
  said: Said | null;
  service: string;
  slug: string;
  number: number | null;
  events: number;
  created_ms: number;
  resolved_ms: number | null;
  paused_by: PausedBy | null;
  until_ms: number | null;
  held_because: string | null;
  grouped: string | null;
};

const COLUMNS = sql`a.id, a.summary, a.severity, a.status, ${OUTCOME} as outcome, ${ACTED} as acted, ${SAID} as said, v.name as service, v.slug, f.number,
  a.occurrence_count as events, (extract(epoch from a.created_at) * 1000)::float8 as created_ms,
  (extract(epoch from a.resolved_at) * 1000)::float8 as resolved_ms, a.paused_by,
  (extract(epoch from a.paused_until) * 1000)::float8 as until_ms, a.held_because, a.grouping_reason ->> 'sentence' as grouped`;

/** One page of the alerts that a filter selects, newest first. */
export async function listAlerts(
  ctx: Context,
  input: { filter: AlertFilter; limit: number; cursor?: string | null },
): Promise<AlertListDto> {
  requirePermission(ctx.actor, "read");
  const viewer = { userId: ctx.actor.id, timeZone: ctx.actor.timeZone };
  const rows = await ctx.db.execute<Row>(sql`
    select ${COLUMNS}
    from ${ALERTS} join services v on v.id = a.service_id
    where ${alertConditions(input.filter, viewer)} and ${after(input.cursor ?? null)}
    order by a.created_at desc, a.id desc limit ${input.limit + 1}`);
  const page = pageOf(rows, input.limit);
  const last = page.rows.at(-1);
  return {
    rows: page.rows.map(rowDto),
    nextCursor: page.more && last ? encodeCursor([last.created_ms, last.id]) : null,
  };
}

/** How many alerts a filter selects, of how many events, and how often their incidents interrupted somebody. */
export async function countAlerts(ctx: Context, filter: AlertFilter): Promise<AlertCounts> {
  requirePermission(ctx.actor, "read");
  const viewer = { userId: ctx.actor.id, timeZone: ctx.actor.timeZone };
  const [row] = await ctx.db.execute<AlertCounts>(sql`
    with matching as materialized (
      select a.occurrence_count, a.incident_id from ${ALERTS} where ${alertConditions(filter, viewer)}
    )
    select (select count(*)::int from matching) as alerts,
      (select coalesce(sum(occurrence_count), 0)::float8 from matching) as events,
      (select coalesce(sum(interruption_count), 0)::float8 from incident_facts
        where incident_id in (select incident_id from matching)) as interruptions`);
  return row ?? { alerts: 0, events: 0, interruptions: 0 };
}

/** One alert with what it is made of. Throws `not_found`. */
export async function getAlert(ctx: Context, alertId: string): Promise<AlertDetailDto> {
  requirePermission(ctx.actor, "read");
  const [row] = await ctx.db.execute<
    Row & {
      dedup_key: string;
      source: string;
      component: string | null;
      group: string | null;
      class: string | null;
      integration_id: string | null;
      integration: string | null;
      template_id: string | null;
      tokens: string[] | null;
      tags: string[];
      started_ms: number;
      seen_ms: number;
    }
  >(sql`
    select ${COLUMNS}, a.dedup_key, a.source, a.component, a."group", a.class, i.id as integration_id, i.name as integration,
      a.template_id, t.tokens, a.tags, (extract(epoch from a.started_at) * 1000)::float8 as started_ms,
      (extract(epoch from a.last_seen_at) * 1000)::float8 as seen_ms
    from ${ALERTS} join services v on v.id = a.service_id
    left join integrations i on i.id = a.integration_id
    left join alert_templates t on t.id = a.template_id
    where a.id = ${alertId}`);
  if (!row) throw new AppError("not_found", "There is no such alert.");
  const { integration_id: id, integration: name } = row;
  return {
    ...rowDto(row),
    dedupKey: row.dedup_key,
    source: row.source,
    component: row.component,
    group: row.group,
    class: row.class,
    integration: id === null || name === null ? null : { id, name },
    kind:
      row.template_id === null || row.tokens === null
        ? null
        : { id: row.template_id, text: templateText(row.tokens) },
    tags: row.tags,
    startedAt: iso(row.started_ms),
    lastSeenAt: iso(row.seen_ms),
  };
}

function after(cursor: string | null): SQL {
  if (cursor === null) return sql`true`;
  const [at, id] = decodeCursor(cursor, instantCursor);
  return sql`(a.created_at, a.id) < (${new Date(at).toISOString()}::timestamptz, ${id})`;
}

function rowDto(row: Row): AlertRowDto {
  const { held_because: because, paused_by: by, until_ms: until } = row;
  return {
    id: row.id,
    summary: row.summary,
    severity: row.severity,
    status: row.status,
    outcome: row.outcome,
    acted: row.acted,
    said: row.said,
    service: { name: row.service, slug: row.slug },
    incident: row.number === null ? null : { number: row.number },
    events: row.events,
    createdAt: iso(row.created_ms),
    resolvedAt: row.resolved_ms === null ? null : iso(row.resolved_ms),
    held: because === null ? null : { by, until: until === null ? null : iso(until), because },
    grouped: row.grouped,
  };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
