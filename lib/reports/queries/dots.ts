import { sql } from "drizzle-orm";
import { clockColumn } from "#lib/incidents/queries/filter-conditions";
import type { ReportScope } from "#lib/reports/queries/report-scope";
import type { ResponseFilter } from "#lib/reports/response-filter";
import type { Dot } from "#lib/reports/response-report";

const MOST = 600;

/** Single incidents for the strip plot; of more than 600 an even sample that is the same on every visit. */
export async function readDots({ tx, filter, chosen }: ReportScope<ResponseFilter>): Promise<Dot[]> {
  const ms = sql.identifier(clockColumn(filter.clock).name);
  const rows = await tx.execute<Dot>(sql`
    select d.incident_id as id, d.number, i.title, d.${ms}::float8 as ms, coalesce(p.name, 'none') as priority
    from (
      select incident_id, number, ${ms}, priority_rank
      ${chosen} and ${ms} is not null
      order by hashtext(incident_id) limit ${MOST}
    ) d
    join incidents i on i.id = d.incident_id
    left join priorities p on p.rank = d.priority_rank`);
  return [...rows];
}
