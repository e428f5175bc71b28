import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { heartbeats } from "#db/schema/heartbeats";
import { inTransaction, SYSTEM } from "#lib/context";
import { AppError } from "#lib/errors";
import { inboxRow } from "#lib/events/commands/inbox-row";
import { putIntoInbox } from "#lib/events/commands/put-into-inbox";
import { lockHeartbeat } from "#lib/heartbeats/commands/lock-heartbeat";
import { afterBeat } from "#lib/heartbeats/heartbeat";

/**
 * Takes a signal of a heartbeat; committed when it returns, with the event that closes what its silence opened. The engine is woken for a
 * first signal alone: otherwise it looks at the instant that was due, and finds that it moved. Answers false for a key that is no heartbeat's.
 */
export async function recordBeat(db: Database, integrationId: string): Promise<boolean> {
  try {
    await inTransaction({ db, actor: SYSTEM }, async (scope) => {
      const { plan, state } = await lockHeartbeat(scope.tx, integrationId);
      const next = afterBeat(plan, state, scope.now);
      await scope.tx.update(heartbeats).set(next.state).where(eq(heartbeats.integrationId, integrationId));
      if (next.event) await putIntoInbox(scope, [inboxRow(integrationId, "heartbeat", next.event)]);
      if (state.dueAt === null || state.isLate) {
        await scope.tx.execute(sql`select pg_notify('touchline_engine', 'heartbeats')`);
      }
    });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return false;
    throw error;
  }
}
