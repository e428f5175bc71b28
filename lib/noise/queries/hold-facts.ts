import { inArray, sql } from "drizzle-orm";
import { serviceNoise } from "#db/schema/noise";
import type { Transaction } from "#lib/context";
import { FLAP_SECONDS } from "#lib/noise/flapping";
import type { KeyHistory } from "#lib/noise/flapping";
import { HISTORY_DAYS, PAUSES } from "#lib/noise/transient";
import type { KindHistory } from "#lib/noise/transient";

/** Alerts of one kind that are looked at, the newest. */
const MOST_OF_A_KIND = 500;
const LONGEST_PAUSE = Math.max(...PAUSES);

export async function loadServiceNoise(tx: Transaction, serviceIds: readonly string[]) {
  const rows = await tx
    .select()
    .from(serviceNoise)
    .where(inArray(serviceNoise.serviceId, [...serviceIds]));
  return new Map(rows.map((row) => [row.serviceId, row]));
}

/** What became of the alerts of each kind in the last 30 days. */
export async function loadKindHistories(
  tx: Transaction,
  templateIds: readonly string[],
): Promise<Map<string, KindHistory>> {
  const ids = [...new Set(templateIds)];
  if (ids.length === 0) return new Map();
  const rows = await tx.execute<{ template_id: string; alerts: number; after: number[] | null }>(sql`
    select kind.id as template_id, count(*)::int as alerts,
      array_agg(extract(epoch from past.resolved_at - past.created_at)::float8) filter (where past.self_resolved) as after
    from unnest(${sql.param(ids)}::text[]) as kind (id)
    cross join lateral (
      select alerts.created_at, alerts.resolved_at, alerts.self_resolved from alerts
      where alerts.template_id = kind.id and alerts.created_at > now() - make_interval(days => ${HISTORY_DAYS})
      order by alerts.created_at desc
      limit ${MOST_OF_A_KIND}
    ) past
    where past.resolved_at is not null or past.created_at < now() - make_interval(secs => ${LONGEST_PAUSE})
    group by kind.id`);
  return new Map(
    rows.map((row) => [row.template_id, { alerts: row.alerts, selfResolvedAfter: row.after ?? [] }]),
  );
}

export type Key = { alertId: string; integrationId: string; dedupKey: string };

/** What each key did in the last half hour; by alert id. */
export async function loadKeyHistories(
  tx: Transaction,
  keys: readonly Key[],
): Promise<Map<string, KeyHistory>> {
  if (keys.length === 0) return new Map();
  const wanted = keys.map((key) => ({ id: key.alertId, integration: key.integrationId, key: key.dedupKey }));
  const rows = await tx.execute<{ id: string; at: string[]; incident_at: string | null }>(sql`
    select wanted.id,
      array_agg((extract(epoch from turn.at) * 1000)::bigint::text) as at,
      (extract(epoch from max(past.created_at) filter (where past.incident_id is not null)) * 1000)::bigint::text as incident_at
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted (id text, integration text, key text)
    join alerts past on past.integration_id = wanted.integration and past.dedup_key = wanted.key
      and past.created_at > now() - make_interval(secs => ${2 * FLAP_SECONDS})
    cross join lateral (values (past.created_at), (past.resolved_at)) as turn (at)
    where turn.at is not null
    group by wanted.id`);
  return new Map(
    rows.map(({ id, at, incident_at }) => [
      id,
      {
        transitions: at.map((ms) => new Date(Number(ms))),
        lastIncidentAt: incident_at === null ? null : new Date(Number(incident_at)),
      },
    ]),
  );
}
