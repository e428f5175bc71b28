import { sql } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import type { MetricFilter } from "#lib/reports/metric-filter";
import { list, metricConditions } from "#lib/reports/queries/metric-conditions";

/** An incident's facts by the names of the analytics interface; instants ISO 8601, durations whole seconds. */
export type RawIncident = { id: string } & Record<string, unknown>;

// What a page can be sorted by, and by what then: never null, so that a cursor can say where it stands.
export const RAW_ORDERS = [
  "created_at",
  "seconds_to_resolve",
  "seconds_to_first_ack",
  "total_interruptions",
] as const;
export type RawOrder = (typeof RAW_ORDERS)[number];

const ORDER_VALUES: Record<RawOrder, string> = {
  created_at: "extract(epoch from f.created_at)::float8",
  seconds_to_resolve: "coalesce(f.ms_to_resolve, -1)::float8",
  seconds_to_first_ack: "coalesce(extract(epoch from f.first_ack_at - f.created_at), -1)::float8",
  total_interruptions: "f.interruption_count::float8",
};

/** Where a page begins or ends: the value it is sorted by, and the id. */
export type RawCursor = { value: number; id: string };

export type RawPage = { rows: (RawIncident & { cursor: RawCursor })[]; more: boolean };

type PageInput = {
  filter: MetricFilter;
  /** Only what this person was given, acknowledged or joined. */
  responderId?: string;
  orderBy: RawOrder;
  descending: boolean;
  limit: number;
  after: RawCursor | null;
  before: RawCursor | null;
};

/** One page of incidents with all their facts, in a stable order. */
export async function listRawIncidents(ctx: Context, input: PageInput): Promise<RawPage> {
  requirePermission(ctx.actor, "read");
  const { filter, responderId, orderBy, limit, after, before } = input;
  const backwards = before !== null && after === null;
  const descending = input.descending !== backwards;
  const value = sql.raw(ORDER_VALUES[orderBy]);
  const direction = sql.raw(descending ? "desc" : "asc");
  const from = after ?? before;
  const beyond =
    from === null
      ? sql`true`
      : sql`(${value}, f.incident_id) ${sql.raw(descending ? "<" : ">")} (${from.value}::float8, ${from.id}::text)`;
  const found = await ctx.db.execute<{ id: string; value: number }>(sql`
    select f.incident_id as id, ${value} as value from incident_facts f
    where ${metricConditions(filter)} and ${touchedBy(responderId)} and ${beyond}
    order by ${value} ${direction}, f.incident_id ${direction} limit ${limit + 1}`);
  const page = found.slice(0, limit);
  if (backwards) page.reverse();
  const rows = await loadRawIncidents(
    ctx,
    page.map(({ id }) => id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    rows: page.flatMap(({ id, value: at }) => {
      const row = byId.get(id);
      return row ? [{ ...row, cursor: { value: at, id } }] : [];
    }),
    more: found.length > limit,
  };
}

/** One incident with all its facts. Throws `not_found`. */
export async function getRawIncident(ctx: Context, id: string): Promise<RawIncident> {
  requirePermission(ctx.actor, "read");
  const [row] = await loadRawIncidents(ctx, [id]);
  if (!row) throw new AppError("not_found", "There is no such incident.");
  return row;
}

async function loadRawIncidents(ctx: Context, ids: readonly string[]): Promise<RawIncident[]> {
  if (ids.length === 0) return [];
  return ctx.db.execute<RawIncident>(sql`
    select f.incident_id as id, f.number as incident_number, i.title as description, f.status, f.urgency, f.major, f.auto_resolved,
      ${iso("f.created_at")} as created_at, ${iso("f.resolved_at")} as resolved_at, ${iso("i.updated_at")} as updated_at,
      ${iso("f.started_at")} as started_at, ${iso("f.detected_at")} as detected_at, ${iso("f.first_page_at")} as first_page_at,
      ${iso("f.first_ack_at")} as first_acknowledged_at, ${iso("f.mobilised_at")} as mobilized_at,
      ${iso("f.mitigated_at")} as mitigated_at, ${iso("f.impact_started_at")} as impact_started_at,
      ${iso("f.impact_ended_at")} as impact_ended_at,
      f.service_id, s.name as service_name, f.team_id, t.name as team_name,
      f.policy_id as escalation_policy_id, coalesce(e.name, i.policy_snapshot->>'name') as escalation_policy_name,
      p.id as priority_id, p.name as priority_name, p.rank as priority_order,
      f.detection_source, f.cause_class, f.feature, f.component, f.customers_affected,
      extract(epoch from f.first_ack_at - f.created_at)::int as seconds_to_first_ack,
      ${seconds("f.ms_to_resolve")} as seconds_to_resolve, ${seconds("f.ms_to_engage")} as seconds_to_engage,
      ${seconds("f.ms_to_mobilise")} as seconds_to_mobilize, ${seconds("f.engaged_ms")} as engaged_seconds,
      ${seconds("f.snoozed_ms")} as snoozed_seconds, ${seconds("f.effort_ms")} as user_defined_effort_seconds,
      f.engaged_user_count, f.engaged_user_count as active_user_count, f.assignment_count, f.acknowledgement_count,
      f.escalation_count, f.timeout_escalation_count, f.manual_escalation_count, f.reassignment_count, f.reopen_count,
      f.notification_count as total_notifications, f.interruption_count as total_interruptions,
      f.business_interruption_count as business_hour_interruptions, f.off_hour_interruption_count as off_hour_interruptions,
      f.sleep_interruption_count as sleep_hour_interruptions,
      ${people("assigned")}, ${people("acknowledged")}, ${people("joined")},
      r.actor_id as resolved_by_user_id, r.actor_name as resolved_by_user_name
    from incident_facts f
    join incidents i on i.id = f.incident_id
    join services s on s.id = f.service_id
    left join teams t on t.id = f.team_id
    left join escalation_policies e on e.id = f.policy_id
    left join priorities p on p.rank = f.priority_rank
    cross join lateral (${touched()}) u
    left join lateral (
      select l.actor_id, l.actor_name from log_entries l
      where l.incident_id = f.incident_id and l.type = 'resolve' and l.actor_type = 'user' and f.status = 'resolved'
      order by l.at desc, l.id desc limit 1
    ) r on true
    where f.incident_id = any(${list(ids)})`);
}

function touchedBy(responderId: string | undefined) {
  if (responderId === undefined) return sql`true`;
  return sql`exists (
    select from log_entries l where l.incident_id = f.incident_id and (
      (l.type in ('assign', 'escalate', 'fallback', 'delegate') and (l.user_id = ${responderId}
        or (jsonb_typeof(l.data->'assignees') = 'array'
          and l.data->'assignees' @> jsonb_build_array(jsonb_build_object('id', ${responderId}::text)))))
      or (l.actor_type = 'user' and l.actor_id = ${responderId}
        and (l.type = 'acknowledge' or (l.type = 'responder_reply' and l.data->>'state' = 'joined')))))`;
}

/** Who was assigned, acknowledged and joined, each once, in one pass over the incident's log. */
function touched() {
  const kinds = ["assigned", "acknowledged", "joined"];
  const columns = kinds.flatMap((kind) => [
    `coalesce(array_agg(w.id order by w.id) filter (where w.kind = '${kind}'), '{}') as ${kind}_ids`,
    `coalesce(array_agg(w.name order by w.id) filter (where w.kind = '${kind}'), '{}') as ${kind}_names`,
  ]);
  return sql`
    select ${sql.raw(columns.join(", "))}
    from (
      select distinct k.kind, w.id, w.name from log_entries l
      cross join lateral (
        select case l.type when 'acknowledge' then 'acknowledged' when 'responder_reply' then 'joined' else 'assigned' end as kind
      ) k
      cross join lateral (
        select l.actor_id as id where l.type in ('acknowledge', 'responder_reply') and l.actor_type = 'user'
        union select l.user_id where l.type in ('assign', 'escalate', 'fallback', 'delegate')
        union select a->>'id' from jsonb_array_elements(
          case when jsonb_typeof(l.data->'assignees') = 'array' then l.data->'assignees' else '[]' end) a
        where l.type in ('assign', 'escalate', 'fallback', 'delegate')
      ) who
      join users w on w.id = who.id
      where l.incident_id = f.incident_id
        and l.type in ('assign', 'escalate', 'fallback', 'delegate', 'acknowledge', 'responder_reply')
        and (l.type <> 'responder_reply' or l.data->>'state' = 'joined')
    ) w`;
}

function people(kind: string) {
  return sql.raw(`u.${kind}_ids as ${kind}_user_ids, u.${kind}_names as ${kind}_user_names`);
}

function iso(column: string) {
  return sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);
}

function seconds(column: string) {
  return sql.raw(`(${column} / 1000)::int`);
}
