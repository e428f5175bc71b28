import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import type { Transaction } from "#lib/context";
import type { OwnVerdictDto } from "#lib/incidents/schemas";

/**
 * Whether a person is asked about their page of an incident, and what they said. Null: not asked, since nothing of a page about it was
 * sent to them, it is open, or its alerts went on with another incident.
 */
export async function readOwnVerdict(
  db: Database | Transaction,
  { incidentId, userId }: { incidentId: string; userId: string | null },
): Promise<OwnVerdictDto | null> {
  const [row] = await db.execute<OwnVerdictDto>(sql`
    select v.useful
    from incidents i left join page_verdicts v on v.incident_id = i.id and v.user_id = ${userId}
    where i.id = ${incidentId} and i.status = 'resolved' and i.merged_into_id is null and exists (
      select from pages p join deliveries d on d.page_id = p.id
      where p.incident_id = i.id and p.user_id = ${userId} and p.notice_key is null and d.sent_at is not null
    )`);
  return row ?? null;
}
