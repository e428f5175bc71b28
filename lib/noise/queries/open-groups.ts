import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/context";
import type { OpenGroup } from "#lib/noise/grouping";
import { comparedValues } from "#lib/noise/grouping-setting";
import { maskedTokens } from "#lib/noise/mask";
import { MOST_MEMBERS } from "#lib/noise/replay";
import { templateText } from "#lib/noise/templates";

/** Incidents that are compared with at most: those that an alert came onto last. */
const MOST_GROUPS = 100;

type Row = {
  incident_id: string;
  incident_service_id: string;
  opened_ms: string;
  last_alert_ms: string;
  alert_id: string;
  service_id: string;
  summary: string;
  source: string;
  severity: string;
  component: string | null;
  group: string | null;
  class: string | null;
  custom_details: unknown;
  template_id: string | null;
  tokens: string[] | null;
};

/** Open incidents of the services that alerts opened, with their newest alerts; `serviceId` is the incident's own. */
export async function loadOpenGroups(
  tx: Transaction,
  serviceIds: readonly string[],
  fields: readonly string[],
): Promise<(OpenGroup & { serviceId: string })[]> {
  if (serviceIds.length === 0) return [];
  const rows = await tx.execute<Row>(sql`
    with open as (
      select incidents.id, incidents.service_id, incidents.created_at, newest.created_at as last_alert_at
      from incidents
      cross join lateral (
        select alerts.created_at from alerts where alerts.incident_id = incidents.id
        order by alerts.created_at desc limit 1
      ) newest
      where incidents.status <> 'resolved' and incidents.service_id = any(${sql.param([...serviceIds])}::text[])
      order by newest.created_at desc, incidents.id desc
      limit ${MOST_GROUPS}
    )
    select
      open.id as incident_id, open.service_id as incident_service_id, (extract(epoch from open.created_at) * 1000)::bigint::text as opened_ms,
      (extract(epoch from open.last_alert_at) * 1000)::bigint::text as last_alert_ms, member.id as alert_id, member.service_id, member.summary,
      member.source, member.severity, member.component, member."group", member.class, member.custom_details,
      member.template_id, alert_templates.tokens
    from open
    cross join lateral (
      select * from alerts where alerts.incident_id = open.id order by alerts.created_at desc, alerts.id desc limit ${MOST_MEMBERS}
    ) member
    left join alert_templates on alert_templates.id = member.template_id`);
  return [...Map.groupBy(rows, (row) => row.incident_id)].map(([incidentId, members]) => {
    const [first] = members;
    return {
      incidentId,
      serviceId: first?.incident_service_id ?? "",
      openedAt: new Date(Number(first?.opened_ms)),
      lastAlertAt: new Date(Number(first?.last_alert_ms)),
      members: members.map((row) => faceOf(row, fields)),
    };
  });
}

function faceOf(row: Row, fields: readonly string[]) {
  return {
    alertId: row.alert_id,
    serviceId: row.service_id,
    summary: row.summary,
    templateId: row.template_id,
    template: row.tokens === null ? null : templateText(row.tokens),
    tokens: maskedTokens(row.summary),
    values: comparedValues({ ...row, customDetails: row.custom_details }, fields),
  };
}
