import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import type { IncidentStatus } from "#lib/incidents/vocabulary";
import { nextAttempt, spreadOf } from "#lib/notifications/backoff";
import type { StandingMessage } from "#lib/notifications/channels/standing";
import type { SendResult } from "#lib/notifications/delivery";

export type ClaimedChatMessage = StandingMessage & {
  incidentId: string;
  status: IncidentStatus;
  attempts: number;
};

/** Longer than a change may take. Until then nobody else tries it; afterwards whoever had it is taken for dead. */
const LEASE_SECONDS = 60;
/** A change is given up after so many, an hour and a bit. */
const MOST_ATTEMPTS = 18;
const LONGEST_PAUSE_MS = 3_600_000;

/** Takes up to `limit` messages that show another status than their incident has, in one statement; others' are passed by. */
export async function claimChatMessages(db: Database, limit: number): Promise<ClaimedChatMessage[]> {
  return db.execute<ClaimedChatMessage>(sql`
    with due as (
      select m.delivery_id, i.status
      from chat_messages m join incidents i on i.id = m.incident_id
      where m.shown_status <> 'resolved' and m.shown_status <> i.status and m.due_at <= now()
      order by m.due_at
      limit ${limit}
      for update of m skip locked
    )
    update chat_messages m
    set attempts = m.attempts + 1, due_at = now() + make_interval(secs => ${LEASE_SECONDS})
    from due where m.delivery_id = due.delivery_id
    returning m.delivery_id as "deliveryId", m.incident_id as "incidentId", m.channel, m.address, m.ref, m.attempts, due.status`);
}

/** Notes that a message shows the status now, or when to try again; what can't be changed is left as it is for good. */
export async function recordChatMessage(
  db: Database,
  message: ClaimedChatMessage,
  result: SendResult,
  now: Date,
): Promise<void> {
  const next =
    result.kind === "failed" && result.retry && message.attempts < MOST_ATTEMPTS
      ? nextAttempt({
          failures: message.attempts,
          now,
          expiresAt: new Date(now.getTime() + LONGEST_PAUSE_MS),
          spread: spreadOf(message.deliveryId),
          notBeforeMs: result.retryAfterMs ?? 0,
        })
      : null;
  await db.execute(
    next?.kind === "retry"
      ? sql`update chat_messages set due_at = ${next.at.toISOString()}::timestamptz where delivery_id = ${message.deliveryId}`
      : sql`update chat_messages set shown_status = ${message.status}, attempts = 0, due_at = now()
          where delivery_id = ${message.deliveryId}`,
  );
}

/** When (by the database's clock) the next change is to be tried; null: none is waiting. */
export async function nextChatMessageAt(db: Database): Promise<Date | null> {
  const [row] = await db.execute<{ at: string | null }>(sql`
    select (extract(epoch from min(m.due_at)) * 1000)::bigint::text as at
    from chat_messages m join incidents i on i.id = m.incident_id
    where m.shown_status <> 'resolved' and m.shown_status <> i.status`);
  return row?.at ? new Date(Number(row.at)) : null;
}
