import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { IncidentFilter } from "#lib/incidents/filter";
import type { Grouping } from "#lib/reports/response-filter";
import type { Dimension } from "#lib/reports/trends-filter";

/** What incidents are grouped by, as SQL about facts named `f`: the group's key and name now, and the order of groups that have one. */
export const GROUPED: Record<Grouping | Dimension, { key: SQL; join: SQL; name: SQL; rank: SQL }> = {
  service: {
    key: sql`f.service_id`,
    join: sql`join services g on g.id = f.service_id`,
    name: sql`g.name`,
    rank: sql`g.tier`,
  },
  team: {
    key: sql`g.id`,
    join: sql`join services v on v.id = f.service_id left join teams g on g.id = v.team_id`,
    name: sql`g.name`,
    rank: sql`null::int`,
  },
  priority: {
    key: sql`g.name`,
    join: sql`left join priorities g on g.rank = f.priority_rank`,
    name: sql`g.name`,
    rank: sql`g.rank`,
  },
  feature: { key: sql`f.feature`, join: sql``, name: sql`f.feature`, rank: sql`null::int` },
  cause: { key: sql`f.cause_class`, join: sql``, name: sql`f.cause_class`, rank: sql`null::int` },
};

/** The part of a filter that selects one group; "none" is what has no such group. */
export function selecting(by: Grouping | Dimension, key: string): Partial<IncidentFilter> {
  return { [by]: [key] };
}
