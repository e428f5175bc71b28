import { sql } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";
import { executeWritten, opaqueList, written } from "#lib/written-statement";
import { measure } from "#lib/service-levels/measure";
import type { MeasuredIncident } from "#lib/service-levels/measure";
import type { ServiceLevelPolicy } from "#lib/service-levels/policy";
import type { SupportHours } from "#lib/services/service";

/** A promise that applies to an incident, and what is known of the incident to measure it by. */
export type PromisedLevel = {
  incidentId: string;
  createdAt: string;
  policy: ServiceLevelPolicy;
  incident: Omit<MeasuredIncident, "hours"> & { hours: SupportHours | null };
};

/** Measures these incidents against every promise anew, from their facts. */
export async function refreshServiceLevels(
  { tx }: Pick<TransactionContext, "tx">,
  incidentIds: readonly string[],
): Promise<void> {
  await writeServiceLevels({ tx }, incidentIds, await executeWritten(tx, READING, { ids: incidentIds }));
}

/** Stores what was promised about these incidents, and how it stands. */
export async function writeServiceLevels(
  { tx }: Pick<TransactionContext, "tx">,
  incidentIds: readonly string[],
  promised: readonly PromisedLevel[],
): Promise<void> {
  if (promised.length === 0) return;
  const measured = promised.flatMap(({ incidentId, createdAt, policy, incident }) => {
    const result = measure(policy, incident);
    if (!result) return [];
    return {
      incident_id: incidentId,
      policy_id: policy.id,
      created_at: createdAt,
      target_ms: result.targetMs,
      started_at: iso(result.startedAt),
      at_risk_at: iso(result.atRiskAt),
      due_at: iso(result.dueAt),
      ended_at: iso(result.endedAt),
      reached: result.reached,
    };
  });
  await executeWritten(tx, WRITING, { ids: incidentIds, levels: JSON.stringify(measured) });
}

const TYPES = {
  incident_id: "text",
  policy_id: "text",
  created_at: "timestamptz",
  target_ms: "bigint",
  started_at: "timestamptz",
  at_risk_at: "timestamptz",
  due_at: "timestamptz",
  ended_at: "timestamptz",
  reached: "boolean",
};
const NAMES = Object.keys(TYPES);
const KEPT = NAMES.slice(2);
const RECORD = sql.raw(
  Object.entries(TYPES)
    .map(([name, type]) => `${name} ${type}`)
    .join(", "),
);
const COLUMNS = sql.raw(NAMES.join(", "));
const CHANGING = sql.raw(KEPT.join(", "));
const EXCLUDED = sql.raw(KEPT.map((name) => `excluded.${name}`).join(", "));
const STORED = sql.raw(KEPT.map((name) => `l.${name}`).join(", "));

/**
 * The end of a statement that has the facts as `kept`: takes away what is promised no longer and answers `PromisedLevel`s. Merged and
 * imported incidents were promised nothing.
 */
export const PROMISED = sql`
    gone as (
      delete from incident_service_levels l using kept f
      where l.incident_id = f.incident_id and (f.merged or f.origin = 'import' or not exists (
        select from service_level_policies p
        where p.id = l.policy_id and p.deleted_at is null and p.effective_from <= f.created_at))
    )
    select f.incident_id as "incidentId", f.created_at as "createdAt",
      jsonb_build_object('id', p.id, 'name', p.name, 'metric', p.metric, 'calendar', p.calendar,
        'pausesWhileSnoozed', p.pauses_while_snoozed, 'targets', p.targets) as policy,
      jsonb_build_object(
        'createdAt', ${ms("f.created_at")}, 'detectedAt', ${ms("f.detected_at")}, 'firstPageAt', ${ms("f.first_page_at")},
        'firstAckAt', ${ms("f.first_ack_at")}, 'firstEngagedAt', ${ms("f.first_engaged_at")},
        'mitigatedAt', ${ms("f.mitigated_at")}, 'resolvedAt', ${ms("f.resolved_at")},
        'priority', f.priority_rank, 'tier', f.tier,
        'hours', (select s.support_hours from services s where s.id = f.service_id), 'snoozes', z.snoozes) as incident
    from service_level_policies p
    join kept f on f.created_at >= p.effective_from
    cross join lateral (${snoozes()}) z
    where p.deleted_at is null and not f.merged and f.origin <> 'import'`;

const READING = written(
  sql`with kept as (select * from incident_facts where incident_id = any(${opaqueList("ids")})), ${PROMISED}`,
  "read_service_levels",
);

const WRITING = written(
  sql`
    with wanted as (
      select * from jsonb_to_recordset(${sql.placeholder("levels")}::jsonb) as w(${RECORD})
    ),
    gone as (
      delete from incident_service_levels l where l.incident_id = any(${opaqueList("ids")})
        and not exists (select from wanted w where w.incident_id = l.incident_id and w.policy_id = l.policy_id)
    )
    insert into incident_service_levels as l (${COLUMNS})
    select ${COLUMNS} from wanted order by incident_id, policy_id
    on conflict (incident_id, policy_id) do update set (${CHANGING}) = row(${EXCLUDED})
    where (${STORED}) is distinct from (${EXCLUDED})`,
  "write_service_levels",
);

/** The stretches an incident was snoozed; one that runs has no end. What ends a snooze is as in its facts. */
function snoozes() {
  return sql`
    select coalesce(jsonb_agg(jsonb_build_object('start', ${ms("n.at")}, 'end', ${ms("n.until")})), '[]') as snoozes
    from (
      select m.type, m.at, case when m.ended_at is null and m.until > now() then null else least(m.until, m.ended_at) end as until
      from (
        select l.type, l.at, (l.data->>'until')::timestamptz as until, lead(l.at) over (order by l.at, l.id) as ended_at
        from log_entries l
        where p.pauses_while_snoozed and l.incident_id = f.incident_id
          and l.type in ('snooze', 'acknowledge', 'unacknowledge', 'resolve', 'escalate', 'delegate', 'assign')
      ) m
    ) n where n.type = 'snooze'`;
}

function ms(column: string) {
  return sql.raw(`(extract(epoch from ${column}) * 1000)::bigint`);
}

function iso(at: number): string;
function iso(at: number | null): string | null;
function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
