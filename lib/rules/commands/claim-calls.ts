import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { nextAttempt, spreadOf } from "#lib/notifications/backoff";
import type { SendResult } from "#lib/notifications/delivery";

export type ClaimedCall = {
  id: string;
  webhookId: string;
  body: string;
  attempts: number;
  /** Epoch milliseconds. */
  createdAt: string;
  /** Of its webhook, encrypted. */
  secret: string;
};

/** Longer than a call may take. Until then nobody else tries it; afterwards whoever had it is taken for dead. */
const LEASE_SECONDS = 60;
/** A call is of use for a day. */
const USEFUL_MS = 86_400_000;

/** Takes up to `limit` calls that are due, in one statement; others' are passed by. */
export async function claimCalls(db: Database, limit: number): Promise<ClaimedCall[]> {
  return db.execute<ClaimedCall>(sql`
    with due as (
      select id from rule_calls
      where ended_at is null and due_at <= now()
      order by due_at
      limit ${limit}
      for update skip locked
    )
    update rule_calls c
    set attempts = c.attempts + 1, started_at = coalesce(c.started_at, now()),
      due_at = now() + make_interval(secs => ${LEASE_SECONDS})
    from due, rule_webhooks w
    where due.id = c.id and w.id = c.webhook_id
    returning c.id, c.webhook_id as "webhookId", c.body, c.attempts, w.secret,
      (extract(epoch from c.created_at) * 1000)::bigint::text as "createdAt"`);
}

/** Notes what came of an attempt, unless its lease ran out and another began. */
export async function recordCall(
  db: Database,
  call: ClaimedCall,
  result: SendResult,
  now: Date,
): Promise<void> {
  const { id, attempts } = call;
  const mine = sql`id = ${id} and attempts = ${attempts} and ended_at is null`;
  if (result.kind === "accepted") {
    await db.execute(sql`update rule_calls set ended_at = now(), last_error = null where ${mine}`);
    return;
  }
  const next = result.retry
    ? nextAttempt({
        failures: attempts,
        now,
        expiresAt: new Date(Number(call.createdAt) + USEFUL_MS),
        spread: spreadOf(id),
        notBeforeMs: result.retryAfterMs ?? 0,
      })
    : null;
  await db.execute(
    next?.kind === "retry"
      ? sql`update rule_calls set due_at = ${next.at.toISOString()}::timestamptz, last_error = ${result.detail} where ${mine}`
      : sql`update rule_calls set ended_at = now(), last_error = ${result.detail} where ${mine}`,
  );
}

/** When (by the database's clock) the next call is due; null: none waits. */
export async function nextCallAt(db: Database): Promise<Date | null> {
  const [row] = await db.execute<{ at: string | null }>(sql`
    select (extract(epoch from min(due_at)) * 1000)::bigint::text as at from rule_calls where ended_at is null`);
  return row?.at ? new Date(Number(row.at)) : null;
}
