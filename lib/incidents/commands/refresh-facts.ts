import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";
import { PROMISED, writeServiceLevels } from "#lib/service-levels/commands/refresh-service-levels";
import type { PromisedLevel } from "#lib/service-levels/commands/refresh-service-levels";
import { executeWritten, opaqueList, written } from "#lib/written-statement";
import type { WrittenStatement } from "#lib/written-statement";
import type { Correctable } from "#lib/incidents/corrections";

// What counts as acting on an incident when a person does it. Raising one is detection, not response.
const ENGAGEMENT = [
  "acknowledge",
  "unacknowledge",
  "resolve",
  "reopen",
  "assign",
  "escalate",
  "delegate",
  "snooze",
  "annotate",
  "urgency_change",
  "priority_change",
  "field_value_change",
  "merge",
  "status_update",
];
// Each of these puts the incident into somebody's hands.
const ASSIGNING = ["assign", "escalate", "fallback", "delegate"];
const SNOOZE_ENDS = ["snooze", "acknowledge", "unacknowledge", "resolve", "escalate", "delegate", "assign"];

const JOINS = sql`(l.type = 'responder_reply' and l.data->>'state' = 'joined')`;

/**
 * Recomputes the facts of these incidents from the incident, its log entries, pages, deliveries and alerts, in one statement, and what was
 * promised about them from the facts.
 * Call it last in every transaction that changes any of them. Unknown ids are ignored; durations that would be negative
 * (a corrected time, an imported history) are stored as null, never mended.
 */
export async function refreshFacts(
  scope: Pick<TransactionContext, "tx">,
  incidentIds: readonly string[],
): Promise<void> {
  if (incidentIds.length === 0) return;
  const ids = [...new Set(incidentIds)];
  const promised = await executeWritten<PromisedLevel>(scope.tx, statementFor(ids.length), { ids });
  await writeServiceLevels(scope, ids, promised);
}

// A plan for ten would compare each of thousands with each other.
const MOST_BY_ONE_PLAN = 100;
let few: WrittenStatement | undefined;
let many: WrittenStatement | undefined;

function statementFor(count: number): WrittenStatement {
  if (count > MOST_BY_ONE_PLAN)
    return (many ??= written(factsStatement(sql`${sql.placeholder("ids")}::text[]`)));
  return (few ??= written(factsStatement(opaqueList("ids")), "refresh_facts"));
}

function factsStatement(ids: SQL): SQL {
  return sql`
    with chosen as (
      select i.*, s.team_id, s.tier, pr.rank as priority_rank,
        coalesce(i.feature, s.feature) as labelled_feature, coalesce(i.component, s.component) as labelled_component,
        case when i.status = 'resolved' then ${corrected("resolvedAt", sql`i.resolved_at`, sql`i`)} end as over_at
      from incidents i
      -- One by one: planned for ten incidents, a join would read all services for each.
      cross join lateral (select team_id, tier, feature, component from services where id = i.service_id limit 1) s
      left join priorities pr on pr.id = i.priority_id
      where i.id = any(${ids})
    ),
    ${entriesOf()},
    ${ENTRY_COUNTS},
    kept as (
      insert into incident_facts (${COLUMNS})
      select ${VALUES}
      from chosen c
      left join entry_counts e on e.incident_id = c.id
      left join engaged g on g.incident_id = c.id
      left join snoozed z on z.incident_id = c.id
      ${COUNTED}
      order by c.id
      on conflict (incident_id) do update set ${ON_CONFLICT}
      returning *
    ),
    ${PROMISED}`;
}

/** The log entries with what has to be known to count them. Of an imported incident only its own history counts. */
function entriesOf(): SQL {
  return sql`
    entries as (
      select l.*,
        l.actor_type = 'user' as by_person,
        c.over_at,
        (l.type = any(${words(ENGAGEMENT)}) and not (l.type = 'assign' and l.at = c.created_at)
            or ${JOINS})
          and (c.resolved_at is null or l.at <= c.resolved_at) as engages,
        l.type = 'delegate'
          or (l.type = 'assign' and l.data->>'via' = 'direct_assignment' and l.at > c.created_at) as reassigns
      from chosen c
      join log_entries l on l.incident_id = c.id
      where c.origin <> 'import' or l.channel = 'import'
    ),
    snoozes as (
      select incident_id, type, at, (data->>'until')::timestamptz as until,
        lead(at) over (partition by incident_id order by at, id) as ended_at
      from entries
      where type = any(${words(SNOOZE_ENDS)})
    ),
    snoozed as materialized (
      select incident_id,
        sum(greatest(0, ${milliseconds(sql`least(until, ended_at)`, sql`at`)})) as ms
      from snoozes where type = 'snooze' and (ended_at is not null or until <= now())
      group by incident_id
    ),
    engagements as (
      select incident_id, actor_id, over_at, min(at) as at
      from entries l
      where by_person and (type in ('acknowledge', 'snooze') or ${JOINS}) and (over_at is null or at <= over_at)
      group by incident_id, actor_id, over_at
    ),
    engaged as materialized (
      select incident_id, count(*) as people, min(at) as first_at, max(at) as last_at,
        sum(${milliseconds(sql`over_at`, sql`at`)})::bigint as ms
      from engagements group by incident_id
    )`;
}

const ENTRY_COUNTS = sql`
    entry_counts as materialized (
      select incident_id,
        -- Whoever snoozes takes it: the pages stop just as for an acknowledgement.
        min(at) filter (where type in ('acknowledge', 'snooze') and by_person) as first_ack_at,
        min(at) filter (where by_person and engages) as first_engaged_at,
        count(*) filter (where type = any(${words(ASSIGNING)}) or ${JOINS}) as assignments,
        count(*) filter (where type = 'acknowledge' and by_person) as acknowledgements,
        count(*) filter (where type = 'escalate' and data->>'kind' = 'timeout') as timeout_escalations,
        count(*) filter (where type = 'escalate' and data->>'kind' = 'manual') as manual_escalations,
        -- One reassignment to several people is one.
        count(distinct at) filter (where reassigns) as reassignments,
        (array_agg(actor_type order by at desc, id desc) filter (where type = 'resolve'))[1] as resolver
      from entries l group by incident_id
    )`;

// Incident by incident: each has a few rows, found by its index.
const COUNTED = sql`
      cross join lateral (
        select count(*) as all, count(*) filter (where class = 'business') as business,
          count(*) filter (where class = 'off') as off, count(*) filter (where class = 'sleep') as sleep
        from interruptions where incident_id = c.id and counted
      ) n
      cross join lateral (select min(created_at) as first_page_at from pages where incident_id = c.id) p
      cross join lateral (select count(*) as sent from deliveries where incident_id = c.id and sent_at is not null) d
      cross join lateral (select count(*) as alerts from alerts where incident_id = c.id) a`;

const RESOLVED_AT = sql`c.over_at`;
const FIRST_PAGE_AT = corrected("firstPageAt", sql`p.first_page_at`);
const FIRST_ACK_AT = corrected("firstAckAt", sql`e.first_ack_at`);
const ENGAGED_AT = corrected("engagedAt", sql`e.first_engaged_at`);
const MOBILISED_AT = corrected("mobilisedAt", sql`case when g.people >= 2 then g.last_at end`);

// Column and how it is computed, in one place, so that insert and update can't drift apart.
const COMPUTED: readonly (readonly [column: string, value: SQL])[] = [
  ["incident_id", sql`c.id`],
  ["number", sql`c.number`],
  ["service_id", sql`c.service_id`],
  ["team_id", sql`c.team_id`],
  ["policy_id", sql`nullif(c.policy_snapshot->>'policyId', '')`],
  ["priority_rank", sql`c.priority_rank`],
  ["urgency", sql`c.urgency`],
  ["status", sql`c.status`],
  ["origin", sql`c.origin`],
  ["detection_source", sql`c.detection_source`],
  ["started_at", sql`c.started_at`],
  ["detected_at", sql`c.detected_at`],
  ["created_at", sql`c.created_at`],
  ["resolved_at", RESOLVED_AT],
  ["first_page_at", FIRST_PAGE_AT],
  ["first_ack_at", FIRST_ACK_AT],
  ["first_engaged_at", ENGAGED_AT],
  ["mobilised_at", MOBILISED_AT],
  ["mitigated_at", sql`c.mitigated_at`],
  ["customer_impact", sql`c.customer_impact`],
  [
    "impact_started_at",
    sql`case when c.customer_impact then coalesce(c.impact_started_at, c.started_at) end`,
  ],
  [
    "impact_ended_at",
    sql`case when c.customer_impact then coalesce(c.impact_ended_at, c.mitigated_at, ${RESOLVED_AT}) end`,
  ],
  ["customers_affected", sql`c.customers_affected`],
  ["feature", sql`c.labelled_feature`],
  ["component", sql`c.labelled_component`],
  ["cause_class", sql`c.cause_class`],
  ["tier", sql`c.tier`],
  [
    "game_day",
    sql`exists (select from game_days d where d.starts_at <= c.created_at and d.ends_at > c.created_at)`,
  ],
  ["ms_to_acknowledge", duration(FIRST_ACK_AT, FIRST_PAGE_AT)],
  ["ms_to_respond", duration(ENGAGED_AT, sql`c.detected_at`)],
  // An imported history that ends where it starts says that something happened, not how long it took.
  [
    "ms_to_resolve",
    sql`case when c.origin <> 'import' or ${RESOLVED_AT} > c.created_at then ${duration(RESOLVED_AT, sql`c.created_at`)} end`,
  ],
  ["ms_to_mitigate", duration(sql`c.mitigated_at`, sql`c.detected_at`)],
  ["ms_to_engage", sql`case when g.people >= 2 then ${milliseconds(sql`g.last_at`, sql`g.first_at`)} end`],
  ["ms_to_mobilise", duration(MOBILISED_AT, sql`c.created_at`)],
  ["engaged_ms", sql`g.ms`],
  ["effort_ms", sql`c.effort_seconds * 1000::bigint`],
  ["snoozed_ms", sql`coalesce(z.ms, 0)`],
  ["major", sql`coalesce(c.priority_rank <= 2, false)`],
  [
    "auto_resolved",
    sql`c.status = 'resolved' and c.origin <> 'import' and coalesce(e.resolver <> 'user', false)`,
  ],
  ["merged", sql`c.merged_into_id is not null`],
  ["engaged_user_count", sql`coalesce(g.people, 0)`],
  ["assignment_count", sql`coalesce(e.assignments, 0)`],
  ["acknowledgement_count", sql`coalesce(e.acknowledgements, 0)`],
  ["timeout_escalation_count", sql`coalesce(e.timeout_escalations, 0)`],
  ["manual_escalation_count", sql`coalesce(e.manual_escalations, 0)`],
  ["escalation_count", sql`coalesce(e.timeout_escalations + e.manual_escalations, 0)`],
  ["interruption_count", sql`n.all`],
  ["business_interruption_count", sql`n.business`],
  ["off_hour_interruption_count", sql`n.off`],
  ["sleep_interruption_count", sql`n.sleep`],
  ["reassignment_count", sql`coalesce(e.reassignments, 0)`],
  ["reopen_count", sql`c.reopen_count`],
  ["notification_count", sql`d.sent`],
  ["alert_count", sql`a.alerts`],
];

const COLUMNS = sql.raw(COMPUTED.map(([column]) => `"${column}"`).join(", "));
const VALUES = sql.join(
  COMPUTED.map(([, value]) => value),
  sql`, `,
);
const ON_CONFLICT = sql.raw(
  COMPUTED.slice(1)
    .map(([column]) => `"${column}" = excluded."${column}"`)
    .join(", "),
);

function milliseconds(end: SQL, start: SQL): SQL {
  return sql`(extract(epoch from (${end} - ${start})) * 1000)::bigint`;
}

/** The instant that people stated instead of the log's, where they did. */
function corrected(name: Correctable, logged: SQL, incident = sql`c`): SQL {
  return sql`coalesce((${incident}.corrections->>${sql.raw(`'${name}'`)})::timestamptz, ${logged})`;
}

function duration(end: SQL, start: SQL): SQL {
  return sql`case when ${end} >= ${start} then ${milliseconds(end, start)} end`;
}

function words(list: readonly string[]): SQL {
  return sql.raw(`array[${list.map((word) => `'${word}'`).join(", ")}]`);
}
