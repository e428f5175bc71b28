import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { MetricFilter } from "#lib/reports/metric-filter";

/** The filter as a condition on `incident_facts f`, created within its range. */
export function metricConditions(filter: MetricFilter): SQL {
  return sql`f.created_at >= ${at(filter.from)} and f.created_at < ${at(filter.to)} and ${metricTraits(filter)}`;
}

/** The same without the range: which kind of incident is meant. */
export function metricTraits(filter: MetricFilter): SQL {
  const conditions = [
    filter.urgency === null ? [] : [sql`f.urgency = ${filter.urgency}`],
    filter.major === null ? [] : [sql`f.major = ${filter.major}`],
    atLeast(sql`f.acknowledgement_count`, filter.minAcknowledgements),
    atLeast(sql`f.timeout_escalation_count`, filter.minTimeoutEscalations),
    atLeast(sql`f.manual_escalation_count`, filter.minManualEscalations),
    among(sql`f.team_id`, filter.teamIds),
    among(sql`f.service_id`, filter.serviceIds),
    among(sql`f.policy_id`, filter.policyIds),
    priorityAmong(sql`p.id`, filter.priorityIds),
    priorityAmong(sql`p.name`, filter.priorityNames),
    filter.updatedAfter === null
      ? []
      : [
          sql`exists (select from incidents i where i.id = f.incident_id and i.updated_at > ${at(filter.updatedAfter)})`,
        ],
  ].flat();
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

/** An instant as a parameter. */
export function at(instant: Date): SQL {
  return sql`${instant.toISOString()}::timestamptz`;
}

/** A list of texts as a parameter. */
export function list(values: readonly string[]): SQL {
  return sql`${sql.param([...values])}::text[]`;
}

function atLeast(column: SQL, least: number): SQL[] {
  return least > 0 ? [sql`${column} >= ${least}`] : [];
}

function among(column: SQL, values: readonly string[]): SQL[] {
  return values.length > 0 ? [sql`${column} = any(${list(values)})`] : [];
}

function priorityAmong(column: SQL, values: readonly string[]): SQL[] {
  if (values.length === 0) return [];
  return [sql`f.priority_rank in (select p.rank from priorities p where ${column} = any(${list(values)}))`];
}
