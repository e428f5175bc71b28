import { sql } from "drizzle-orm";
import type { Context } from "#lib/context";
import { readFilterChoices } from "#lib/incidents/queries/filter-choices";

/** What the filters of reports offer: those of incidents, and the features that any incident has. */
export async function readReportChoices(ctx: Context) {
  const [choices, features] = await Promise.all([
    readFilterChoices(ctx),
    ctx.db.execute<{ feature: string }>(sql`
      with recursive labels as (
        (select feature from incident_facts where feature is not null order by feature limit 1)
        union all
        select (select f.feature from incident_facts f where f.feature > l.feature order by f.feature limit 1)
        from labels l where l.feature is not null
      )
      select feature from labels where feature is not null limit 500`),
  ]);
  return { ...choices, features: features.map(({ feature }) => feature) };
}
