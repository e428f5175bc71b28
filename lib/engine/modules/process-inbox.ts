import { setTimeout as pause } from "node:timers/promises";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { inbox, intakeErrors } from "#db/schema/events";
import { processEvents } from "#lib/alerts/commands/process-events";
import type { InboxEvent } from "#lib/alerts/commands/process-events";
import { inTransaction, SYSTEM } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { isTransient } from "#lib/database-errors";
import type { EngineContext, EngineModule } from "#lib/engine/module";
import { claimEvents, oldestWaiting, waitingLanes } from "#lib/events/commands/claim-events";
import { isIntakeBusy } from "#lib/events/commands/intake";
import { newId } from "#lib/ids";
import { applyRules, loadOwners } from "#lib/rules/commands/apply-rules";
import type { RoutedIntegration } from "#lib/rules/commands/apply-rules";
import { keepToLane } from "#lib/rules/commands/keep-to-lane";
import { loadHeads, loadSets } from "#lib/rules/queries/load-sets";
import type { RuleSetHead } from "#lib/rules/queries/load-sets";

/** A turn costs some twenty statements however few events it has, so smaller batches only fall behind. */
const SMALLEST_BATCH = 250;
const LARGEST_BATCH = 1_000;
/** A lane's turn should take about so long: the first word of a quiet key waits for a round of all lanes. */
const TURN_MS = 150;
/** How old the oldest instant may be that is looked at without asking for it again. */
const SINCE_MS = 7_200_000;
/** While one lane's transaction waits for the database, another's is made. */
const LANES_AT_ONCE = 2;
/**
 * While more events wait at the door of this process than it can store: one lane at once, small batches, and rests of so many times the
 * length of a turn.
 */
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
export function processInboxModule(): EngineModule {
  let limit = SMALLEST_BATCH;
  let since = new Date(0);
  const look = async (db: Database): Promise<number[]> => {
    const { lanes, now } = await waitingLanes(db, since);
    const isFresh = now >= since && now.getTime() - since.getTime() < SINCE_MS;
    if (isFresh) return lanes;
    since = await oldestWaiting(db);
    return (await waitingLanes(db, since)).lanes;
  };
  return {
    name: "process-inbox",
    async run(engine) {
      const lanes = await look(engine.db);
      const waiting = lanes.values();
      let worked = 0;
      let more = false;
      const turns = async (isFirst: boolean) => {
        for (const lane of waiting) {
          const started = performance.now();
          const isBusy = isIntakeBusy();
          const asked = isBusy ? BUSY_BATCH : limit;
          const done = await processLane(engine, { lane, limit: asked, since });
          const took = performance.now() - started;
          if (!isBusy) limit = nextLimit(limit, { done, took });
          worked += done;
          more ||= done >= asked;
          // Accepting comes before processing: what is not accepted may be lost, what is processed late is only late.
          if (!isIntakeBusy()) continue;
          if (!isFirst) return;
          await pause(Math.min(took * BUSY_REST, LONGEST_REST_MS));
        }
      };
      const ends = await Promise.allSettled(
        Array.from({ length: LANES_AT_ONCE }, (_, index) => turns(index === 0)),
      );
      for (const end of ends) if (end.status === "rejected") throw end.reason;
      const left = more || (worked === 0 && (await look(engine.db)).length > 0);
      return { worked, nextAt: left ? new Date(0) : null };
    },
  };
}

export const processInbox: EngineModule = processInboxModule();

/** Repetitions cost little and new incidents much: the batch follows what the last full one took. */
function nextLimit(limit: number, { done, took }: { done: number; took: number }): number {
  if (done < limit && took < TURN_MS) return limit;
  const fitting = Math.round(done * (TURN_MS / Math.max(took, 1)));
  return Math.min(Math.max(Math.min(fitting, limit * 2), SMALLEST_BATCH), LARGEST_BATCH);
}

type Turn = { lane: number; limit: number; since: Date };

async function processLane(engine: EngineContext, turn: Turn): Promise<number> {
  const ctx: Context = { db: engine.db, actor: SYSTEM };
  try {
    return await inTransaction(ctx, (scope) => processBatch(scope, turn));
  } catch (error) {
    if (isTransient(error)) throw error;
    engine.log.warn(
      { err: error, lane: turn.lane },
      "a batch of events failed; its events are tried one by one",
    );
    return processOneByOne(engine, turn);
  }
}

async function processBatch(scope: TransactionContext, turn: Turn): Promise<number> {
  if (!(await holdLane(scope, turn.lane))) return 0;
  const { events, claimed, rules } = await take(scope, turn);
  if (events.length === 0) return claimed;
  if (rules === null) {
    await processEvents(scope, events);
    return claimed;
  }
  const sets = await loadSets(scope.tx, rules.heads);
  const verdicts = await applyRules(scope, { lane: turn.lane, events, sets, owners: rules.owners });
  await processEvents(scope, events, verdicts);
  return claimed;
}

type Taken = {
  events: InboxEvent[];
  /** How many were met; some may have been moved to another lane instead of taken. */
  claimed: number;
  rules: { heads: RuleSetHead[]; owners: ReadonlyMap<string, RoutedIntegration> } | null;
};

/** Claims the lane's next events. Those of integrations that keep to one lane are all there, in order, or left to that lane. */
async function take(scope: TransactionContext, turn: Turn): Promise<Taken> {
  const claimed = await claimEvents(scope, turn);
  const heads = claimed.length === 0 ? [] : await loadHeads(scope.tx);
  if (heads.length === 0) return { events: claimed, claimed: claimed.length, rules: null };
  const met = new Set(claimed.map(({ integrationId }) => integrationId));
  const owners = await loadOwners(scope.tx, met);
  const homes = await keepToLane(scope.tx, { owners, heads, since: turn.since });
  // What was moved here may come before what was claimed; what came in since is left for the next round.
  const all = homes.size === 0 ? claimed : await claimEvents(scope, turn);
  const events = all.filter(
    ({ integrationId }) => met.has(integrationId) && (homes.get(integrationId) ?? turn.lane) === turn.lane,
  );
  return { events, claimed: claimed.length, rules: { heads, owners } };
}

async function holdLane(scope: TransactionContext, lane: number): Promise<boolean> {
  const [lock] = await scope.tx.execute<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(${LOCK_CLASS}, ${lane}) as held`,
  );
  return lock?.held ?? false;
}

/** One event a transaction; the first that fails is set aside and ends the round. */
async function processOneByOne(engine: EngineContext, turn: Turn): Promise<number> {
  const single = { ...turn, limit: 1 };
  const ctx: Context = { db: engine.db, actor: SYSTEM };
  for (let done = 0; done < LARGEST_BATCH; done += 1) {
    try {
      const one = await inTransaction(ctx, (scope) => processBatch(scope, single));
      if (one === 0) return done;
    } catch (error) {
      if (isTransient(error)) throw error;
      engine.log.warn({ err: error, lane: turn.lane }, "an event could not be processed and was set aside");
      await inTransaction(ctx, (scope) => setAside(scope, single, error));
      return done + 1;
    }
  }
  return LARGEST_BATCH;
}

async function setAside(scope: TransactionContext, single: Turn, error: unknown): Promise<void> {
  if (!(await holdLane(scope, single.lane))) return;
  const [event] = (await take(scope, single)).events;
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
