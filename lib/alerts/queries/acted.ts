import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";

/** What `saidOf` says of each incident of which somebody said anything, for a join: `incident_id`, `useful`. */
export const SAID_OF_INCIDENTS = sql`(select incident_id, bool_or(useful) as useful from page_verdicts group by incident_id)`;

/** `actedOn` in SQL, of the facts and what `SAID_OF_INCIDENTS` holds under these names; null without an incident. */
export function actedCase(facts: string, said: string): SQL {
  const column = (table: string, name: string) => sql`${sql.identifier(table)}.${sql.identifier(name)}`;
  const useful = column(said, "useful");
  return sql`(case when ${useful} then 'yes' when not ${useful} then 'no'
    when ${column(facts, "first_engaged_at")} is not null then 'yes' when ${column(facts, "status")} = 'resolved' then 'no'
    when ${column(facts, "status")} is not null then 'waiting' end)`;
}
