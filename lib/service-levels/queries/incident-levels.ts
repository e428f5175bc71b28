import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { LEVEL_STATE } from "#lib/service-levels/queries/level-state";
import type { IncidentLevelDto } from "#lib/service-levels/schemas";

/** How the promises stand for these incidents, the most pressing first. */
export async function loadIncidentLevels(
  db: Database,
  incidentIds: readonly string[],
): Promise<Map<string, IncidentLevelDto[]>> {
  if (incidentIds.length === 0) return new Map();
  const rows = await db.execute<IncidentLevelDto & { incidentId: string }>(sql`
    select l.incident_id as "incidentId", p.id as "policyId", p.name, p.metric, ${LEVEL_STATE} as state,
      l.target_ms::float8 as "targetMs", ${iso("l.started_at")} as "startedAt", ${iso("l.at_risk_at")} as "atRiskAt",
      ${iso("l.due_at")} as "dueAt", ${iso("l.ended_at")} as "endedAt"
    from incident_service_levels l join service_level_policies p on p.id = l.policy_id
    where p.deleted_at is null and l.incident_id = any(${sql.param([...incidentIds])}::text[])
    order by l.ended_at is not null, l.due_at nulls last, p.name`);
  return Map.groupBy(rows, ({ incidentId }) => incidentId);
}

function iso(column: string) {
  return sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
}
