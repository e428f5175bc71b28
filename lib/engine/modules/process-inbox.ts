import { setTimeout as pause } from "node:timers/promises";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { inbox, intakeErrors } from "#db/schema/events";
import { processEvents } from "#lib/alerts/commands/process-events";
import { withinWaves } from "#lib/alerts/segments";
import { inTransaction, SYSTEM } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { isTransient } from "#lib/database-errors";
import type { EngineContext, EngineModule } from "#lib/engine/module";
import { claimEvents, oldestWaiting, waitingLanes } from "#lib/events/commands/claim-events";
import type { ClaimedEvent } from "#lib/events/commands/claim-events";
import { intakePressure } from "#lib/events/commands/intake";
import { FIRST_BATCH, nextBatch, paceAt, restAfter } from "#lib/events/inbox-pace";
import { newId } from "#lib/ids";
import { applyRules, loadOwners } from "#lib/rules/commands/apply-rules";
import type { RoutedIntegration } from "#lib/rules/commands/apply-rules";
import { keepToLane } from "#lib/rules/commands/keep-to-lane";
import { loadHeads, loadSets } from "#lib/rules/queries/load-sets";
import type { RuleSetHead } from "#lib/rules/queries/load-sets";

/** A key that goes to and fro is taken so far at a time: each time costs as much as all other events together. */
const MOST_WAVES = 6;
/** How old the oldest instant may be that is looked at without asking for it again. */
const SINCE_MS = 7_200_000;
/** Names the lanes among the database's advisory locks. */
const LOCK_CLASS = 7243;

/**
 * Turns accepted events into alerts and incidents. A lane belongs to one engine while its transaction lasts (an advisory lock that
 * goes with it), so events of one key are handled in order however many engines run. An event that can't be processed is set
 * aside with its reason, where it can be replayed: it never holds up those behind it.
 */
export function processInboxModule(): EngineModule {
  let limit = FIRST_BATCH;
  let since = new Date(0);
  let isBacklogged = false;
  let side = 0;
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
      if (lanes.length === 0) return { worked: 0, nextAt: null };
      const started = performance.now();
      side = 1 - side;
      const chosen = isBacklogged ? halfOf(lanes, side) : lanes;
      const turn = { lanes: chosen, limit, since, isBacklogged };
      const { worked, more } = await processLanes(engine, turn);
      const tookMs = performance.now() - started;
      // A small rest is looked at as a whole again.
      isBacklogged = more && worked > limit / 2;
      const pace = paceAt(intakePressure());
      limit = nextBatch({ limit, worked, more, tookMs }, pace);
      const restMs = restAfter(tookMs, pace);
      if (restMs > 0) await pause(restMs);
      // None could be had though some wait: another engine holds them.
      return { worked, nextAt: more || worked === 0 ? new Date(0) : null };
    },
  };
}

export const processInbox: EngineModule = processInboxModule();

/** While much waits, engines take half of the lanes each, in turns. */
function halfOf(lanes: readonly number[], side: number): readonly number[] {
  const half = lanes.filter((lane) => lane % 2 === side);
  return half.length > 0 ? half : lanes;
}

type Turn = { lanes: readonly number[]; limit: number; since: Date; isBacklogged: boolean };

/** How many events were handled, and whether some of these lanes had to be left. */
type Progress = { worked: number; more: boolean };

const NONE: Progress = { worked: 0, more: false };

/**
 * One transaction for all lanes that no other engine holds. If it fails, each lane has one of its own, so that what can't be processed
 * holds up nothing but its lane.
 */
async function processLanes(engine: EngineContext, turn: Turn): Promise<Progress> {
  const ctx: Context = { db: engine.db, actor: SYSTEM };
  try {
    return await inTransaction(ctx, (scope) => processBatch(scope, turn));
  } catch (error) {
    if (isTransient(error)) throw error;
    const { lanes } = turn;
    engine.log.warn({ err: error, lanes }, "a batch of events failed; it is tried in smaller parts");
    if (lanes.length === 1) return processOneByOne(engine, turn);
  }
  let all = NONE;
  for (const lane of turn.lanes) {
    const { worked, more } = await processLanes(engine, { ...turn, lanes: [lane] });
    all = { worked: all.worked + worked, more: all.more || more };
  }
  return all;
}

async function processBatch(scope: TransactionContext, turn: Turn): Promise<Progress> {
  const lanes = await holdLanes(scope, turn.lanes);
  const [first] = lanes;
  if (first === undefined) return NONE;
  const { events, claimed, more, rules } = await take(scope, { ...turn, lanes });
  const done = { worked: claimed, more };
  if (events.length === 0) return done;
  if (rules === null) {
    await processEvents(scope, events);
    return done;
  }
  const sets = await loadSets(scope.tx, rules.heads);
  // Hits are counted beside the first lane: nobody else holds it.
  const verdicts = await applyRules(scope, { lane: first, events, sets, owners: rules.owners });
  await processEvents(scope, events, verdicts);
  return done;
}

type Taken = Progressed & {
  events: ClaimedEvent[];
  rules: { heads: RuleSetHead[]; owners: ReadonlyMap<string, RoutedIntegration> } | null;
};

type Progressed = {
  /** How many were met; some may have been moved to another lane, or left for another turn, instead of taken. */
  claimed: number;
  more: boolean;
};

const NO_RULES = { heads: [], isWatched: false };

/** Claims the lanes' next events. Those of integrations that keep to one lane are all there, in order, or left to that lane. */
async function take(scope: TransactionContext, turn: Turn): Promise<Taken> {
  const { events: claimed, more: isFull } = await claimEvents(scope, turn);
  const { heads, isWatched } = claimed.length === 0 ? NO_RULES : await loadHeads(scope.tx);
  if (heads.length === 0 && !isWatched) {
    const events = withinWaves(claimed, MOST_WAVES, (event) => stepOf(event, false));
    const more = isFull || events.length < claimed.length;
    return { events, claimed: claimed.length, more, rules: null };
  }
  const met = new Set(claimed.map(({ integrationId }) => integrationId));
  const owners = await loadOwners(scope.tx, met);
  const homes = await keepToLane(scope.tx, { owners, heads, since: turn.since });
  // What was moved here may come before what was claimed; what came in since is left for the next round.
  const all = homes.size === 0 ? claimed : (await claimEvents(scope, turn)).events;
  const here = all.filter(
    ({ integrationId, lane }) => met.has(integrationId) && (homes.get(integrationId) ?? lane) === lane,
  );
  const events = withinWaves(here, MOST_WAVES, (event) => stepOf(event, homes.has(event.integrationId)));
  const more = isFull || events.length < all.length;
  return { events, claimed: claimed.length, more, rules: { heads, owners } };
}

/** Where rules make the keys, two keys may become one: those of an integration stay together. */
function stepOf({ integrationId, dedupKey, event }: ClaimedEvent, isRekeyed: boolean) {
  const key = `${integrationId} ${dedupKey}`;
  return { key, action: event.action, together: isRekeyed ? integrationId : key };
}

/** Locks, until the transaction ends, those of the lanes that no other engine holds. */
async function holdLanes(scope: TransactionContext, lanes: readonly number[]): Promise<number[]> {
  const rows = await scope.tx.execute<{ lane: number }>(sql`
    select lane from unnest(${sql.param([...lanes])}::int[]) as lane
    where pg_try_advisory_xact_lock(${LOCK_CLASS}::int, lane)`);
  return rows.map(({ lane }) => lane).toSorted((a, b) => a - b);
}

/** One event of the lane a transaction; the first that fails is set aside and ends the round. */
async function processOneByOne(engine: EngineContext, turn: Turn): Promise<Progress> {
  const single = { ...turn, limit: 1, isBacklogged: true };
  const ctx: Context = { db: engine.db, actor: SYSTEM };
  for (let worked = 0; worked < turn.limit; worked += 1) {
    try {
      const one = await inTransaction(ctx, (scope) => processBatch(scope, single));
      if (one.worked === 0) return { worked, more: false };
    } catch (error) {
      if (isTransient(error)) throw error;
      engine.log.warn({ err: error, lanes: turn.lanes }, "an event could not be processed and was set aside");
      await inTransaction(ctx, (scope) => setAside(scope, single, error));
      return { worked: worked + 1, more: true };
    }
  }
  return { worked: turn.limit, more: true };
}

async function setAside(scope: TransactionContext, single: Turn, error: unknown): Promise<void> {
  if ((await holdLanes(scope, single.lanes)).length === 0) return;
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
