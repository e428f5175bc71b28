import { sql } from "drizzle-orm";
import { insertMany } from "#db/insert-many";
import { logEntries } from "#db/schema/incidents";
import { pageVerdicts } from "#db/schema/page-verdicts";
import type { Transaction } from "#lib/context";
import { newId } from "#lib/ids";
import { randomFrom } from "#lib/statistics/random";

type Paged = { incidentId: string; userId: string; name: string; engaged: boolean; endedMs: number };

/**
 * What people said about their pages: four in ten of those that were sent, nothing good about what ended before anybody looked. From
 * a chance of its own, so that it changes nothing else of the story.
 */
export async function insertVerdicts(tx: Transaction, now: Date): Promise<void> {
  const random = randomFrom(59);
  const paged = await tx.execute<Paged>(sql`
    select distinct i.id as "incidentId", u.id as "userId", u.name, f.first_engaged_at is not null as engaged,
      (extract(epoch from i.resolved_at) * 1000)::float8 as "endedMs"
    from incidents i join incident_facts f on f.incident_id = i.id join pages p on p.incident_id = i.id
    join deliveries d on d.page_id = p.id join users u on u.id = p.user_id
    where i.status = 'resolved' and i.merged_into_id is null and p.notice_key is null and d.sent_at is not null
    order by 1, 2`);
  const said = paged.flatMap(({ engaged, endedMs, ...one }) => {
    const useful = engaged && random() < 0.85;
    const at = new Date(endedMs + 20_000 + Math.round(random() * 600_000));
    return random() < 0.4 && at < now ? [{ ...one, useful, at }] : [];
  });
  await insertMany(
    tx,
    pageVerdicts,
    said.map(({ incidentId, userId, useful, at }) => ({ incidentId, userId, useful, at })),
  );
  await insertMany(
    tx,
    logEntries,
    said.map(({ incidentId, userId, name, useful, at }) => ({
      id: newId(at.getTime()),
      incidentId,
      type: "page_verdict" as const,
      class: "people" as const,
      at,
      actorType: "user" as const,
      actorId: userId,
      actorName: name,
      channel: "website",
      userId,
      data: { useful },
    })),
  );
}
