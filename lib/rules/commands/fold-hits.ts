import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";

/** Hours are told apart for this long, for what the pages of rules say about the last day and week. */
const HOURLY_DAYS = 8;
const KEPT_DAYS = 800;

/** Adds up how often rules matched by day once the hours don't matter any more, and forgets what is older than any report. */
export async function foldRuleHits(db: Database): Promise<void> {
  await db.execute(sql`
    with old as (
      delete from rule_hits
      where hour < date_trunc('day', now() - make_interval(days => ${HOURLY_DAYS}), 'UTC')
        and (lane <> 0 or hour <> date_trunc('day', hour, 'UTC'))
      returning rule_set_id, rule_id, hour, hits, shadow_hits
    )
    insert into rule_hits (rule_set_id, rule_id, hour, lane, hits, shadow_hits)
    select rule_set_id, rule_id, date_trunc('day', hour, 'UTC'), 0, sum(hits), sum(shadow_hits) from old group by 1, 2, 3
    on conflict (rule_set_id, rule_id, hour, lane) do update set
      hits = rule_hits.hits + excluded.hits, shadow_hits = rule_hits.shadow_hits + excluded.shadow_hits`);
  await db.execute(sql`delete from rule_hits where hour < now() - make_interval(days => ${KEPT_DAYS})`);
}
