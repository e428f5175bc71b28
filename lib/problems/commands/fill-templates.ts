import { sql } from "drizzle-orm";
import { insertMany } from "#db/insert-many";
import { incidentTemplates } from "#db/schema/problems";
import { inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { templateOf } from "#lib/problems/template";

const CHUNK = 2000;
// Detection looks at nine windows of 28 days; problems gather from a year.
const REACH_DAYS = 365;
// Any constant will do; it keeps two engines from filling the same rows.
const LOCK = 7_243_011;

/** Writes down the template of up to 2,000 incidents of the last year that have none yet, newest first. Answers how many. */
export async function fillTemplates(ctx: Context): Promise<number> {
  return inTransaction(ctx, async ({ tx }) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    const rows = await tx.execute<{ id: string; title: string; service_id: string; created_at: string }>(sql`
      select i.id, i.title, i.service_id, i.created_at::text from incidents i
      where i.created_at >= now() - make_interval(days => ${REACH_DAYS}) and i.merged_into_id is null
        and not exists (select from incident_templates t where t.incident_id = i.id)
      order by i.created_at desc limit ${CHUNK}`);
    await insertMany(
      tx,
      incidentTemplates,
      rows.map(({ id, title, service_id, created_at }) => ({
        incidentId: id,
        serviceId: service_id,
        template: templateOf(title),
        createdAt: new Date(created_at),
      })),
    );
    return rows.length;
  });
}
