import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import type { IncidentStatus, Urgency } from "#lib/incidents/vocabulary";
import type { Notice } from "#lib/notifications/vocabulary";
import type { SpokenIncident } from "#lib/notifications/voice-script";

export type CallFacts = {
  /** What the page says beside or instead of an incident. */
  notice: Notice | null;
  isTest: boolean;
  /** They are asked to join: 4 joins, 6 declines. */
  isRequest: boolean;
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
    db.execute<PageRow>(sql`
      select p.notice, p.reason in ('test', 'self_test') as "isTest", p.reason = 'requested' as "isRequest",
        p.incident_id is not null and p.reason <> 'changed' as "isAboutIncident"
      from deliveries d join pages p on p.id = d.page_id where d.id = ${input.deliveryId}`),
    readWaiting(db, input),
  ]);
  const [page] = rows;
  if (!page) return null;
  const { notice, isTest, isRequest, isAboutIncident } = page;
  return {
    notice: isAboutIncident && !isRequest ? null : notice,
    isTest,
    isRequest,
    waiting: isAboutIncident ? (isRequest ? waiting.slice(0, 1) : waiting) : [],
  };
}

type PageRow = {
  notice: Notice | null;
  isTest: boolean;
  isRequest: boolean;
  isAboutIncident: boolean;
};

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
    join incidents i on i.status = 'triggered' and (i.id = d.incident_id or i.id in (
      select a.incident_id from incident_assignments a where a.user_id = d.user_id))
    join services s on s.id = i.service_id
    left join priorities y on y.id = i.priority_id
    where d.id = ${deliveryId} and ${among}
    order by i.id = d.incident_id desc, i.urgency = 'high' desc, i.created_at desc, i.id
    limit ${MOST}`);
}
