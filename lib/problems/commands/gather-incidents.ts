import { sql } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";

// What is older says little about a cause that is looked into now.
const REACH_DAYS = 365;

/**
 * Puts to each open problem the incidents of its template or feature that aren't there, and were never taken out of it. Answers how
 * many. Without `problemIds`: to all of them.
 */
export async function gatherIncidents(
  { tx }: Pick<TransactionContext, "tx">,
  problemIds?: readonly string[],
): Promise<number> {
  const chosen = problemIds ? sql`p.id = any(${sql.param([...problemIds])}::text[])` : sql`true`;
  const rows = await tx.execute(sql`
    insert into problem_incidents (problem_id, incident_id, relation, via, linked_at)
    select m.problem_id, m.incident_id, 'caused_by', 'match', now() from (
      select p.id as problem_id, t.incident_id from problems p
        join incident_templates t on t.service_id = p.service_id and t.template = p.template
        where ${chosen} and p.state not in ('closed', 'risk_accepted') and p.template is not null
          and t.created_at >= now() - make_interval(days => ${REACH_DAYS})
      union
      select p.id, f.incident_id from problems p join incident_facts f on f.feature = p.feature
        where ${chosen} and p.state not in ('closed', 'risk_accepted')
          and f.created_at >= now() - make_interval(days => ${REACH_DAYS}) and not f.merged
    ) m
    on conflict do nothing
    returning 1`);
  return rows.length;
}
