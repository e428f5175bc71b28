import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { ACTED, ALERTS, BRIEF, INTERRUPTED, OUTCOME, SAID } from "#lib/alerts/queries/alert-conditions";

/**
 * Common table expressions that read the alerts of a condition once: `matching`, and of these the `openers` of incidents. Merging can
 * bring two openers onto one incident, whose interruptions count once: at `place` 1. `soon`: within five minutes after another opener of its
 * kind.
 */
export function matchingAlerts(condition: SQL): SQL {
  return sql`matching as materialized (
    select a.id, a.service_id, a.template_id, a.incident_id, a.status, a.created_at, a.occurrence_count, a.paused_by, a.held_because,
      case when a.self_resolved then extract(epoch from a.resolved_at - a.created_at)::float8 end as lasted,
      ${OUTCOME} as outcome, ${ACTED} as acted, ${SAID} as said, ${INTERRUPTED} as interrupting, ${BRIEF} as brief,
      f.interruption_count as rang, f.sleep_interruption_count as rang_asleep
    from ${ALERTS} where ${condition}
  ), openers as materialized (
    select *, row_number() over (partition by incident_id order by created_at, id) as place,
      created_at - lag(created_at) over (partition by service_id, template_id order by created_at) < interval '5 minutes' as soon
    from matching where outcome = 'opened'
  )`;
}

/** The sums over openers, for a group of them. */
export const OPENED_SUMS = sql`count(*)::int as opened, (count(*) filter (where acted = 'yes'))::int as acted,
  (count(*) filter (where acted = 'no'))::int as ignored, (count(*) filter (where acted = 'waiting'))::int as waiting,
  (count(*) filter (where said = 'useful'))::int as said_useful, (count(*) filter (where said = 'not_useful'))::int as said_not_useful,
  coalesce(sum(rang) filter (where place = 1), 0)::int as interruptions,
  coalesce(sum(rang_asleep) filter (where place = 1), 0)::int as sleep,
  (count(*) filter (where brief))::int as brief_opened, (count(*) filter (where brief and acted = 'yes'))::int as brief_acted,
  (count(*) filter (where soon))::int as soon_opened`;

/** One more such expression after these: `kinds`, one row for each kind of text on a service. */
export const KINDS = sql`by_opened as (select service_id, template_id, ${OPENED_SUMS} from openers group by 1, 2),
  kinds as materialized (
    select k.*, coalesce(o.opened, 0) as opened, coalesce(o.acted, 0) as acted, coalesce(o.ignored, 0) as ignored,
      coalesce(o.waiting, 0) as waiting, coalesce(o.said_useful, 0) as said_useful, coalesce(o.said_not_useful, 0) as said_not_useful,
      coalesce(o.interruptions, 0) as interruptions, coalesce(o.sleep, 0) as sleep,
      coalesce(o.brief_opened, 0) as brief_opened, coalesce(o.brief_acted, 0) as brief_acted,
      coalesce(o.soon_opened, 0) as soon_opened
    from (
      select service_id, template_id, count(*)::int as alerts, sum(occurrence_count)::float8 as events, max(created_at) as last_at,
        percentile_cont(0.5) within group (order by lasted) as lasted
      from matching group by 1, 2
    ) k
    left join by_opened o on o.service_id = k.service_id and o.template_id is not distinct from k.template_id
  )`;
