import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/context";

/** An incident that opens in a storm of its service becomes the storm's, unless that has an open one already. */
export async function attachStorms(
  tx: Transaction,
  opened: readonly { id: string; serviceId: string }[],
): Promise<void> {
  if (opened.length === 0) return;
  const rows = opened.map(({ id, serviceId }) => ({ id, service_id: serviceId }));
  await tx.execute(sql`
    update storms set incident_id = (
      select min(opened.id) from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as opened (id text, service_id text)
      where opened.service_id = storms.service_id
    )
    where storms.ended_at is null
      and storms.service_id = any(${sql.param([...new Set(opened.map(({ serviceId }) => serviceId))])}::text[])
      and not exists (
        select from incidents where incidents.id = storms.incident_id and incidents.status <> 'resolved'
      )`);
}
