import { and, asc, eq, isNull, lte, sql } from "drizzle-orm";
import { heartbeats } from "#db/schema/heartbeats";
import { integrations, services } from "#db/schema/services";
import type { TransactionContext } from "#lib/context";
import { inboxRow } from "#lib/events/commands/inbox-row";
import { putIntoInbox } from "#lib/events/commands/put-into-inbox";
import { readHeartbeat } from "#lib/heartbeats/commands/lock-heartbeat";
import { whenDue } from "#lib/heartbeats/heartbeat";

/** Heartbeats of what is not deleted. */
export const LIVE_HEARTBEAT = and(isNull(integrations.deletedAt), isNull(services.deletedAt));

/**
 * Says of up to `limit` heartbeats that are due that they are late: state and event commit together, so it is said once however many
 * engines there are. Answers how many it looked at.
 */
export async function tellLate(scope: TransactionContext, limit: number): Promise<number> {
  const due = await scope.tx
    .select({ heartbeat: heartbeats, name: integrations.name })
    .from(heartbeats)
    .innerJoin(integrations, eq(integrations.id, heartbeats.integrationId))
    .innerJoin(services, eq(services.id, integrations.serviceId))
    .where(and(lte(heartbeats.dueAt, sql`now()`), LIVE_HEARTBEAT))
    .orderBy(asc(heartbeats.dueAt))
    .limit(limit)
    .for("update", { of: heartbeats, skipLocked: true });
  const late = due.flatMap((row) => {
    const { plan, state } = readHeartbeat(row);
    const found = whenDue(plan, state, scope.now);
    return found ? [{ id: plan.id, ...found }] : [];
  });
  if (late.length === 0) return due.length;
  await scope.tx.execute(sql`
    update heartbeats set is_late = true, due_at = told.due_at
    from jsonb_to_recordset(${JSON.stringify(
      late.map(({ id, state }) => ({ id, due_at: state.dueAt?.toISOString() })),
    )}::jsonb) as told (id text, due_at timestamptz)
    where heartbeats.integration_id = told.id`);
  await putIntoInbox(
    scope,
    late.map(({ id, event }) => inboxRow(id, "heartbeat", event)),
  );
  return due.length;
}
