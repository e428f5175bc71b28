import { setTimeout as pause } from "node:timers/promises";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { inbox, intakeErrors } from "#db/schema/events";
import { processEvents } from "#lib/alerts/commands/process-events";
import type { InboxEvent } from "#lib/alerts/commands/process-events";
import { inTransaction, SYSTEM } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { isTransient } from "#lib/database-errors";
import type { EngineContext, EngineModule } from "#lib/engine/module";
import { isIntakeBusy } from "#lib/events/commands/intake";
import type { NormalisedEvent } from "#lib/events/event";
import { newId } from "#lib/ids";

const BATCH = 500;
/** While events wait at the door of this process: short turns, and rests of this many times their length in between. */
const BUSY_BATCH = 100;
const BUSY_REST = 3;
const LONGEST_REST_MS = 1_000;
/** Names the lanes among the database's advisory locks. */
const LOCK_CLASS = 7243;

/**
 * Turns accepted events into alerts and incidents. A lane belongs to one engine while its transaction lasts (an advisory lock that
 * goes with it), so events of one key are handled in order however many engines run. An event that can't be processed is set
 * aside with its reason, where it can be replayed: it never holds up those behind it.
 */
export const processInbox: EngineModule = {
  name: "process-inbox",
  async run(engine) {
    let worked = 0;
    let more = false;
    for (const lane of await lanesToDo(engine)) {
      const limit = isIntakeBusy() ? BUSY_BATCH : BATCH;
      const started = performance.now();
      const done = await processLane(engine, lane, limit);
      worked += done;
      more ||= done === limit;
      if (isIntakeBusy()) await rest((performance.now() - started) * BUSY_REST);
    }
    return {
      worked,
      nextAt: more || (worked === 0 && (await lanesToDo(engine)).length > 0) ? new Date(0) : null,
    };
  },
};

async function lanesToDo({ db }: EngineContext): Promise<number[]> {
  const rows = await db
    .select({ lane: inbox.lane })
    .from(inbox)
    .where(isNull(inbox.processedAt))
    .groupBy(inbox.lane)
    .orderBy(asc(sql`min(${inbox.id})`));
  return rows.map(({ lane }) => lane);
}

/** Accepting comes before processing: what is not accepted may be lost, what is processed late is only late. */
function rest(ms: number): Promise<void> {
  return pause(Math.min(ms, LONGEST_REST_MS));
}

async function processLane(engine: EngineContext, lane: number, limit: number): Promise<number> {
  const ctx: Context = { db: engine.db, actor: SYSTEM };
  try {
    return await inTransaction(ctx, (scope) => processBatch(scope, lane, limit));
  } catch (error) {
    if (isTransient(error)) throw error;
    engine.log.warn({ err: error, lane }, "a batch of events failed; its events are tried one by one");
    return processOneByOne(engine, lane);
  }
}

async function processBatch(scope: TransactionContext, lane: number, limit: number): Promise<number> {
  if (!(await holdLane(scope, lane))) return 0;
  const events = await claim(scope, lane, limit);
  if (events.length > 0) await processEvents(scope, events);
  return events.length;
}

async function holdLane(scope: TransactionContext, lane: number): Promise<boolean> {
  const [lock] = await scope.tx.execute<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(${LOCK_CLASS}, ${lane}) as held`,
  );
  return lock?.held ?? false;
}

async function claim(scope: TransactionContext, lane: number, limit: number): Promise<InboxEvent[]> {
  const rows = await scope.tx
    .select({
      id: inbox.id,
      integrationId: inbox.integrationId,
      dedupKey: inbox.dedupKey,
      event: inbox.event,
      raw: inbox.raw,
      receivedAt: inbox.receivedAt,
    })
    .from(inbox)
    .where(and(eq(inbox.lane, lane), isNull(inbox.processedAt)))
    .orderBy(asc(inbox.id))
    .limit(limit);
  // The parser that wrote the event is the guarantee of its shape.
  return rows.map((row) => ({ ...row, event: row.event as NormalisedEvent }));
}

/** One event a transaction; the first that fails is set aside and ends the round. */
async function processOneByOne(engine: EngineContext, lane: number): Promise<number> {
  const ctx: Context = { db: engine.db, actor: SYSTEM };
  for (let done = 0; done < BATCH; done += 1) {
    try {
      const one = await inTransaction(ctx, (scope) => processBatch(scope, lane, 1));
      if (one === 0) return done;
    } catch (error) {
      if (isTransient(error)) throw error;
      engine.log.warn({ err: error, lane }, "an event could not be processed and was set aside");
      await inTransaction(ctx, (scope) => setAside(scope, lane, error));
      return done + 1;
    }
  }
  return BATCH;
}

async function setAside(scope: TransactionContext, lane: number, error: unknown): Promise<void> {
  if (!(await holdLane(scope, lane))) return;
  const [event] = await claim(scope, lane, 1);
  if (!event) return;
  const reason = error instanceof Error ? error.message : String(error);
  await scope.tx.insert(intakeErrors).values({
    id: newId(scope.now.getTime()),
    receivedAt: event.receivedAt,
    integrationId: event.integrationId,
    source: "inbox",
    contentType: "application/json",
    body: JSON.stringify({ ...event.event, dedupKey: event.dedupKey }),
    reason,
  });
  await scope.tx
    .update(inbox)
    .set({
      processedAt: scope.now,
      outcome: "failed",
      trace: [{ step: "process", outcome: "failed", because: reason }],
    })
    .where(and(eq(inbox.id, event.id), eq(inbox.receivedAt, event.receivedAt)));
}
