import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/context";
import { BASELINE_WINDOWS, WINDOWS } from "#lib/problems/recurrence";
import type { Cluster } from "#lib/problems/recurrence";
import type { SuggestionKind } from "#lib/problems/suggestion";

export type ClusterIdentity = { kind: SuggestionKind; serviceId: string; label: string };
export type CountedCluster = Cluster & ClusterIdentity;

export const LONGEST_DAYS = Math.max(...WINDOWS) * (BASELINE_WINDOWS + 1);

/**
 * How often each kind of incident came in each window up to now and in the eight windows before it, for those that came at all in the
 * window; and how many kinds there were, in `tests`, times windows. Merged incidents and drills don't count.
 */
export async function readClusters(tx: Transaction): Promise<{ clusters: CountedCluster[]; tests: number }> {
  const rows = await tx.execute<{
    kind: SuggestionKind;
    service_id: string;
    label: string;
    window_days: number;
    observed: number;
    baseline: number;
    kinds: number;
  }>(sql`
    with happened as (
      select 'template' as kind, t.service_id, t.template as label, t.created_at
      from incident_templates t join incident_facts f on f.incident_id = t.incident_id
      where t.created_at >= now() - make_interval(days => ${LONGEST_DAYS}) and t.created_at < now() and not f.merged
      union all
      select 'feature', '', f.feature, f.created_at from incident_facts f
      where f.created_at >= now() - make_interval(days => ${LONGEST_DAYS}) and f.created_at < now()
        and not f.merged and f.feature is not null
    ),
    counted as (
      select kind, service_id, label, w.days as window_days,
        count(*) filter (where created_at >= now() - make_interval(days => w.days))::int as observed,
        count(*) filter (where created_at < now() - make_interval(days => w.days)
          and created_at >= now() - make_interval(days => w.days * ${BASELINE_WINDOWS + 1}))::int as baseline
      from happened cross join unnest(${sql.param([...WINDOWS])}::int[]) as w(days)
      group by kind, service_id, label, w.days
    ),
    numbered as (select *, count(*) over ()::int as kinds from counted where observed + baseline > 0)
    select * from numbered where observed > 0`);
  const clusters = rows.map(({ kind, service_id, label, window_days, observed, baseline }) => ({
    key: JSON.stringify([kind, service_id, label]),
    kind,
    serviceId: service_id,
    label,
    windowDays: window_days,
    observed,
    baseline,
  }));
  return { clusters, tests: rows[0]?.kinds ?? 0 };
}
