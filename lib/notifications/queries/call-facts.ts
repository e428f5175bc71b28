import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import type { IncidentStatus, Urgency } from "#lib/incidents/vocabulary";
import type { Notice } from "#lib/notifications/vocabulary";
import type { SpokenIncident } from "#lib/notifications/voice-script";

export type CallFacts = {
  /** What the page says beside or instead of an incident. */
  notice: Notice | null;
  isTest: boolean;
  /** Still triggered and this person's: what the call is about first. */
  waiting: (SpokenIncident & { id: string; status: IncidentStatus })[];
};

/** So many incidents a call names and its keys act on. */
const MOST = 20;

/**
 * What a call is about now: the incident it was placed for and whatever else waits for the same person, high urgency and the incident
 * itself first. Of those alone that were named before, if any were. Null: the send does not exist any more.
 */
export async function readCallFacts(
  db: Database,
  input: { deliveryId: string; named: readonly string[] },
): Promise<CallFacts | null> {
  const [rows, waiting] = await Promise.all([
    db.execute<{ notice: Notice | null; isTest: boolean; isAboutIncident: boolean }>(sql`
      select p.notice, p.reason = 'test' as "isTest", p.incident_id is not null as "isAboutIncident"
      from deliveries d join pages p on p.id = d.page_id where d.id = ${input.deliveryId}`),
    readWaiting(db, input),
  ]);
  const [page] = rows;
  if (!page) return null;
  const { notice, isTest, isAboutIncident } = page;
  return { notice: isAboutIncident ? null : notice, isTest, waiting: isAboutIncident ? waiting : [] };
}

type WaitingRow = {
  id: string;
  number: number;
  title: string;
  status: IncidentStatus;
  urgency: Urgency;
  priority: string | null;
  serviceName: string;
  detailsWithheld: boolean;
};

async function readWaiting(
  db: Database,
  { deliveryId, named }: { deliveryId: string; named: readonly string[] },
): Promise<WaitingRow[]> {
  const among = named.length === 0 ? sql`true` : sql`i.id = any(${sql.param([...named])}::text[])`;
  return db.execute<WaitingRow>(sql`
    select i.id, i.number, i.title, i.status, i.urgency, y.name as priority, s.name as "serviceName",
      s.withhold_details as "detailsWithheld"
    from deliveries d
    join incident_assignments a on a.user_id = d.user_id
    join incidents i on i.id = a.incident_id and i.status = 'triggered'
    join services s on s.id = i.service_id
    left join priorities y on y.id = i.priority_id
    where d.id = ${deliveryId} and ${among}
    order by i.id = d.incident_id desc, i.urgency = 'high' desc, i.created_at desc, i.id
    limit ${MOST}`);
}
