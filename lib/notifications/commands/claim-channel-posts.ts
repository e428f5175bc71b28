import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import type { IncidentStatus } from "#lib/incidents/vocabulary";
import { nextAttempt, spreadOf } from "#lib/notifications/backoff";
import type { SendResult } from "#lib/notifications/delivery";

export type ClaimedPost = {
  id: string;
  incidentId: string;
  address: string;
  /** How Slack calls the message; null: it is to be posted. */
  ref: string | null;
  status: IncidentStatus;
  attempts: number;
};

/** Longer than a call may take. Until then nobody else tries it; afterwards whoever had it is taken for dead. */
const LEASE_SECONDS = 60;
/** A post is given up after so many, an hour and a bit. */
const MOST_ATTEMPTS = 18;
const LONGEST_PAUSE_MS = 3_600_000;

/** Takes up to `limit` posts that don't show the status of their incident, in one statement; others' are passed by. */
export async function claimChannelPosts(db: Database, limit: number): Promise<ClaimedPost[]> {
  return db.execute<ClaimedPost>(sql`
    with due as (
      select p.id, i.status
      from channel_posts p join incidents i on i.id = p.incident_id
      where p.ended_at is null and p.due_at <= now() and p.shown_status is distinct from i.status
      order by p.due_at
      limit ${limit}
      for update of p skip locked
    )
    update channel_posts p
    set attempts = p.attempts + 1, due_at = now() + make_interval(secs => ${LEASE_SECONDS})
    from due where p.id = due.id
    returning p.id, p.incident_id as "incidentId", p.address, p.ref, p.attempts, due.status`);
}

/** Notes what the post shows now, or when to try again. What Slack refuses for good is left as it is, with the reason. */
export async function recordChannelPost(
  db: Database,
  post: ClaimedPost,
  result: SendResult,
  now: Date,
): Promise<void> {
  const { id, status } = post;
  if (result.kind === "accepted") {
    await db.execute(sql`
      update channel_posts set shown_status = ${status}, ref = coalesce(ref, ${result.message?.ref ?? null}), attempts = 0,
        due_at = now(), last_error = null, ended_at = ${status === "resolved" ? sql`now()` : null}
      where id = ${id}`);
    return;
  }
  const next =
    result.retry && post.attempts < MOST_ATTEMPTS
      ? nextAttempt({
          failures: post.attempts,
          now,
          expiresAt: new Date(now.getTime() + LONGEST_PAUSE_MS),
          spread: spreadOf(id),
          notBeforeMs: result.retryAfterMs ?? 0,
        })
      : null;
  await db.execute(
    next?.kind === "retry"
      ? sql`update channel_posts set due_at = ${next.at.toISOString()}::timestamptz, last_error = ${result.detail} where id = ${id}`
      : sql`update channel_posts set ended_at = now(), last_error = ${result.detail} where id = ${id}`,
  );
}

/** When (by the database's clock) the next post is to be made or changed; null: none is waiting. */
export async function nextChannelPostAt(db: Database): Promise<Date | null> {
  const [row] = await db.execute<{ at: string | null }>(sql`
    select (extract(epoch from min(p.due_at)) * 1000)::bigint::text as at
    from channel_posts p join incidents i on i.id = p.incident_id
    where p.ended_at is null and p.shown_status is distinct from i.status`);
  return row?.at ? new Date(Number(row.at)) : null;
}
