import { sql } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";
import { cancelPages } from "#lib/notifications/commands/cancel-pages";

/**
 * Writes a person's answer to every open request for them on an incident, in the caller's transaction, which holds the incident. Who joins
 * ends the search: nobody else of the same policy is asked any more. Who declines for a policy lets its next level be asked as soon as
 * nobody is left to answer. Answers whether anybody had asked.
 */
export async function settleAnswers(
  scope: TransactionContext,
  input: { incidentId: string; userId: string; state: "joined" | "declined" },
): Promise<boolean> {
  const { incidentId, userId, state } = input;
  const at = sql`${scope.now.toISOString()}::timestamptz`;
  const answered = await scope.tx.execute<{ targetId: string }>(sql`
    update incident_responders set state = ${state}, answered_at = ${at}
    where incident_id = ${incidentId} and user_id = ${userId} and state = 'pending'
    returning target_id as "targetId"`);
  if (answered.length === 0) return false;
  const targets = sql`any(${sql.param(answered.map(({ targetId }) => targetId))}::text[])`;
  const because = state === "joined" ? "They joined" : "They declined";
  await cancelPages(scope, [incidentId], because, { onlyUserIds: [userId], reasons: ["requested"] });
  if (state === "joined") {
    await scope.tx.execute(sql`
      update responder_request_targets set state = 'joined', next_at = null where id = ${targets} and state = 'asking'`);
    await releasePending(scope, incidentId, targets, "Somebody else joined");
  } else {
    // A person who was asked by name has answered; of a policy the next level is asked once nobody is left to answer.
    await scope.tx.execute(sql`
      update responder_request_targets t set state = 'ended', next_at = null
      where t.id = ${targets} and t.state = 'asking' and t.user_id is not null`);
    await scope.tx.execute(sql`
      update responder_request_targets t set next_at = ${at}
      where t.id = ${targets} and t.state = 'asking' and t.next_at is not null
        and not exists (select from incident_responders r where r.target_id = t.id and r.state = 'pending')`);
    await scope.tx.execute(sql`select pg_notify('touchline_engine', 'responder-requests')`);
  }
  return true;
}

/** Those who have not answered need not any more; their pages end, unless another request still asks for them. */
export async function releasePending(
  scope: TransactionContext,
  incidentId: string,
  targets: ReturnType<typeof sql>,
  because: string,
): Promise<void> {
  const released = await scope.tx.execute<{ userId: string }>(sql`
    with released as (
      update incident_responders set state = 'user_cancelled', answered_at = ${scope.now.toISOString()}::timestamptz
      where target_id = ${targets} and state = 'pending' returning id, user_id
    )
    select distinct user_id as "userId" from released r
    where not exists (
      select from incident_responders o
      where o.incident_id = ${incidentId} and o.user_id = r.user_id and o.state = 'pending' and o.id not in (select id from released)
    )`);
  const onlyUserIds = released.map(({ userId }) => userId);
  if (onlyUserIds.length === 0) return;
  await cancelPages(scope, [incidentId], because, { onlyUserIds, reasons: ["requested"] });
}

/** Whoever acknowledges an incident they are asked to join has joined it. */
export async function joinByActing(scope: TransactionContext, incidentIds: readonly string[]): Promise<void> {
  const userId = scope.actor.type === "user" ? scope.actor.id : null;
  if (userId === null || incidentIds.length === 0) return;
  const asked = await scope.tx.execute<{ incidentId: string }>(sql`
    select distinct incident_id as "incidentId" from incident_responders
    where user_id = ${userId} and state = 'pending' and incident_id = any(${sql.param([...incidentIds])}::text[])`);
  for (const { incidentId } of asked) await settleAnswers(scope, { incidentId, userId, state: "joined" });
}
