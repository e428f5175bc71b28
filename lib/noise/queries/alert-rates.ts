import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Transaction } from "#lib/context";
import type { AlertRate } from "#lib/noise/storm";

/** Weeks that the usual rate is taken from. */
const WEEKS = 8;
/** Fewer new alerts than this are no storm, and services with fewer are not looked at. */
const FEWEST = 5;

export type ServiceRate = AlertRate & { serviceId: string; stormId: string | null };

/** New alerts of a service that are about to be stored: they count as of now. */
export type Coming = { serviceId: string; alerts: number };

/**
 * New alerts of the services that want storm mode and have enough of them now, or are in a storm: in the last bins, and in the six bins
 * around this time on this weekday in the eight weeks before. `coming`: of these services alone, with what is about to be stored.
 */
export async function loadAlertRates(
  tx: Transaction,
  coming: readonly Coming[] | null = null,
): Promise<ServiceRate[]> {
  const ids = sql.param((coming ?? []).map(({ serviceId }) => serviceId));
  const among = (column: SQL) => (coming === null ? sql`true` : sql`${column} = any(${ids}::text[])`);
  const rows = await tx.execute<{
    service_id: string;
    storm_id: string | null;
    before: number;
    now: number;
    just_now: number;
    baseline: number[];
  }>(sql`
    with recent as (
      select service_id,
        (count(*) filter (where created_at <= now() - interval '10 minutes'))::int as before,
        (count(*) filter (where created_at > now() - interval '10 minutes'))::int as now,
        (count(*) filter (where created_at > now() - interval '5 minutes'))::int as just_now
      from alerts where created_at > now() - interval '20 minutes' and ${among(sql`service_id`)} group by service_id
    ), added as (
      select "serviceId" as service_id, alerts
      from jsonb_to_recordset(${JSON.stringify(coming ?? [])}::jsonb) as coming ("serviceId" text, alerts int)
    ), counted as (
      select services.id, coalesce(recent.before, 0) as before, coalesce(recent.now, 0) + coalesce(added.alerts, 0) as now,
        coalesce(recent.just_now, 0) + coalesce(added.alerts, 0) as just_now
      from services
      left join recent on recent.service_id = services.id
      left join added on added.service_id = services.id
      where ${among(sql`services.id`)}
    ), looked_at as (
      select counted.*, open.id as storm_id
      from counted
      left join storms open on open.service_id = counted.id and open.ended_at is null
      left join service_noise on service_noise.service_id = counted.id
      where open.id is not null or (counted.now >= ${FEWEST} and service_noise.storm_mode)
    )
    select looked_at.id as service_id, looked_at.storm_id, looked_at.before, looked_at.now, looked_at.just_now,
      array_agg(usual.alerts) as baseline
    from looked_at
    cross join lateral (
      select (
        select count(*)::int from alerts
        where alerts.service_id = looked_at.id
          and alerts.created_at > bin.ends - interval '10 minutes' and alerts.created_at <= bin.ends
      ) as alerts
      from generate_series(1, ${WEEKS}) as week (n), generate_series(-3, 2) as step (n),
        lateral (select now() - make_interval(weeks => week.n, mins => 10 * step.n) as ends) bin
    ) usual
    group by looked_at.id, looked_at.storm_id, looked_at.before, looked_at.now, looked_at.just_now`);
  return rows.map((row) => ({
    serviceId: row.service_id,
    stormId: row.storm_id,
    before: row.before,
    now: row.now,
    justNow: row.just_now,
    baseline: row.baseline,
  }));
}

/** How many new alerts each of these services had in the last five minutes, if it wants storm mode and is in no storm. */
export async function loadJustNow(
  tx: Transaction,
  serviceIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.execute<{ service_id: string; just_now: number }>(sql`
    select service_noise.service_id, (
      select count(*)::int from alerts
      where alerts.service_id = service_noise.service_id and alerts.created_at > now() - interval '5 minutes'
    ) as just_now
    from service_noise
    where service_noise.service_id = any(${sql.param([...serviceIds])}::text[]) and service_noise.storm_mode
      and not exists (select from storms where storms.service_id = service_noise.service_id and storms.ended_at is null)`);
  return new Map(rows.map((row) => [row.service_id, row.just_now]));
}
