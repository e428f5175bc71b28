import { sql } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { MetricFilter } from "#lib/reports/metric-filter";
import { list, metricConditions } from "#lib/reports/queries/metric-conditions";
import { visiblePeople } from "#lib/reports/queries/interruption-scope";
import { readOnCallTimes } from "#lib/reports/queries/on-call-time";

/** Counts and seconds of one person by the names of the analytics interface. */
export type ResponderRow = Record<string, string | number | null>;

/**
 * What reached each person and what they did, over the incidents created in the range. Time to acknowledge runs from when an incident was
 * first given to that person to their acknowledgement. With `byTeam` a person counts in each of their teams. Everybody is there who was
 * given something or was on call, also those deactivated since; nobody is ranked. Only of people whose load the actor may see by name.
 */
export async function readResponderMetrics(
  ctx: Context,
  filter: MetricFilter,
  byTeam: boolean,
): Promise<ResponderRow[]> {
  requirePermission(ctx.actor, "read");
  const [onCall, visible] = await Promise.all([
    readOnCallTimes(ctx, filter),
    visiblePeople(ctx.db, ctx.actor),
  ]);
  const shown = visible === null ? sql`true` : sql`u.id = any(${list([...visible])})`;
  const team = byTeam
    ? sql`left join team_members tm on tm.user_id = u.id`
    : sql`left join lateral (select null::text as team_id) tm on true`;
  const inTeams =
    filter.teamIds.length > 0 && byTeam ? sql`tm.team_id = any(${list(filter.teamIds)})` : sql`true`;
  const rows = await ctx.db.execute<ResponderRow>(sql`
    with chosen as materialized (
      select f.incident_id, f.created_at, f.resolved_at from incident_facts f where ${metricConditions(filter)}
    ),
    entries as materialized (
      select l.id, l.incident_id, l.type, l.at, l.actor_type, l.actor_id, l.user_id, l.data, c.created_at, c.resolved_at
      from chosen c join log_entries l on l.incident_id = c.incident_id
      where l.type in ('assign', 'escalate', 'fallback', 'delegate', 'acknowledge', 'snooze', 'unacknowledge', 'responder_reply')
    ),
    ${given()},
    engaged as (
      select incident_id, actor_id as user_id, min(at) as at,
        greatest(0, extract(epoch from resolved_at - min(at))) as seconds, bool_or(type = 'acknowledge') as acknowledged
      from entries
      where actor_type = 'user' and (type in ('acknowledge', 'snooze') or (type = 'responder_reply' and data->>'state' = 'joined'))
        and (resolved_at is null or at <= resolved_at)
      group by incident_id, actor_id, resolved_at
    ),
    ${perPerson()}
    select u.id as responder_id, u.name as responder_name, tm.team_id, t.name as team_name,
      ${sql.raw(NUMBERS.map((name) => `coalesce(${name}, 0) as ${name}`).join(", "))},
      mean_engaged_seconds, mean_time_to_acknowledge_seconds
    from users u
    left join given_counts using (id)
    left join from_counts using (id)
    left join engaged_counts using (id)
    left join sends using (id)
    left join rung using (id)
    ${team}
    left join teams t on t.id = tm.team_id
    where ${inTeams} and ${shown} and (given_counts.id is not null or engaged_counts.id is not null or rung.id is not null
      or u.id = any(${list([...onCall.keys()])}))
    order by u.name, u.id, t.name`);
  const seconds = (ms = 0) => Math.round(ms / 1000);
  return rows.map((row) => {
    const time = onCall.get(String(row["responder_id"]));
    return {
      ...row,
      total_seconds_on_call: seconds(time?.all),
      total_seconds_on_call_level_1: seconds(time?.first),
      total_seconds_on_call_level_2_plus: seconds(time?.later),
    };
  });
}

const NUMBERS = [
  "total_incident_count",
  "total_incidents_acknowledged",
  "total_incidents_timeout_escalated_from",
  "total_incidents_timeout_escalated_to",
  "total_incidents_manual_escalated_from",
  "total_incidents_manual_escalated_to",
  "total_incidents_reassigned_from",
  "total_incidents_reassigned_to",
  "total_engaged_seconds",
  "total_notifications",
  "total_interruptions",
  "total_business_hour_interruptions",
  "total_off_hour_interruptions",
  "total_sleep_hour_interruptions",
];

/** Each time an incident was given to people, and who had it until then. Several entries of one instant are one giving. */
function given() {
  return sql`
    givings as (
      select e.incident_id, e.at, array_agg(distinct who.id) as people,
        max(case when e.type = 'escalate' then coalesce(e.data->>'kind', 'timeout')
          when e.type = 'delegate' or (e.data->>'via' = 'direct_assignment' and e.at > e.created_at) then 'reassign'
          else 'first' end) as kind
      from entries e
      cross join lateral (
        select e.user_id as id
        union select a->>'id' from jsonb_array_elements(
          case when jsonb_typeof(e.data->'assignees') = 'array' then e.data->'assignees' else '[]' end) a
      ) who
      where e.type in ('assign', 'escalate', 'fallback', 'delegate') and who.id is not null
      group by e.incident_id, e.at
    ),
    given as (
      select g.*, lag(people) over (partition by incident_id order by at) as before from givings g
    )`;
}

function perPerson() {
  const kinds = [
    ["timeout", "timeout_escalated"],
    ["manual", "manual_escalated"],
    ["reassign", "reassigned"],
  ] as const;
  const counts = (end: "from" | "to") =>
    sql.raw(
      kinds
        .map(
          ([kind, name]) =>
            `(count(distinct incident_id) filter (where kind = '${kind}'))::int as total_incidents_${name}_${end}`,
        )
        .join(", "),
    );
  return sql`
    given_counts as (
      select who as id, count(distinct incident_id)::int as total_incident_count, ${counts("to")}
      from given, unnest(people) who group by who
    ),
    -- Moved on from somebody who has acknowledged is no escalation from them.
    from_counts as (
      select who as id, ${counts("from")}
      from given g, unnest(before) who
      where not who = any(people) and (kind <> 'manual' or not exists (
        select from engaged e where e.incident_id = g.incident_id and e.user_id = who and e.at <= g.at))
      group by who
    ),
    first_given as (
      select incident_id, who as user_id, min(at) as at from given, unnest(people) who group by incident_id, who
    ),
    engaged_counts as (
      select e.user_id as id, (count(*) filter (where acknowledged))::int as total_incidents_acknowledged,
        coalesce(sum(seconds), 0)::bigint::float8 as total_engaged_seconds,
        round(avg(seconds))::int as mean_engaged_seconds,
        round(avg(extract(epoch from e.at - f.at)) filter (where acknowledged and e.at >= f.at))::int as mean_time_to_acknowledge_seconds
      from engaged e left join first_given f on f.incident_id = e.incident_id and f.user_id = e.user_id
      group by e.user_id
    ),
    sends as (
      select user_id as id, count(*)::int as total_notifications from deliveries
      where sent_at is not null and incident_id in (select incident_id from chosen) group by user_id
    ),
    rung as (
      select user_id as id, count(*)::int as total_interruptions,
        (count(*) filter (where class = 'business'))::int as total_business_hour_interruptions,
        (count(*) filter (where class = 'off'))::int as total_off_hour_interruptions,
        (count(*) filter (where class = 'sleep'))::int as total_sleep_hour_interruptions
      from interruptions
      where counted and incident_id in (select incident_id from chosen) group by user_id
    )`;
}
