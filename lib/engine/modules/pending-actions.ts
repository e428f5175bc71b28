import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { incidents, pendingActions } from "#db/schema/incidents";
import { inTransaction, SYSTEM } from "#lib/context";
import { isTransient } from "#lib/database-errors";
import type { TransactionContext } from "#lib/context";
import type { EngineContext, EngineModule } from "#lib/engine/module";
import { afterTurns } from "#lib/escalation/choose-people";
import type { OnCallFacts } from "#lib/escalation/choose-people";
import { changeUrgency } from "#lib/incidents/amend";
import { escalate, unacknowledge } from "#lib/incidents/assign";
import { lockOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { lockIncidents } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import type { SavedChange } from "#lib/incidents/commands/save-changes";
import type { IncidentState, PendingAction, Transition } from "#lib/incidents/incident";
import { resolve } from "#lib/incidents/resolve";

const BATCH = 100;
// A resolve ends everything, so it goes before whatever else is due for the same incident.
const ORDER = ["resolve", "unacknowledge", "urgency_change", "escalate"];

type Due = { incidentId: string; type: PendingAction["type"] };

/**
 * Executes due timers. Claiming locks the incidents themselves (`skip locked`): a second engine passes them by, and what commits is
 * the transition together with the timer's removal, so a step is executed once or, if the process dies before the commit, not at
 * all and claimed again. After an outage each incident takes one due action, its newest state of affairs, not the whole backlog.
 * An incident whose timer can't be executed is put off and holds up nobody.
 */
export const runPendingActions: EngineModule = {
  name: "pending-actions",
  async run(engine) {
    const worked = await executeBatch(engine);
    return { worked, nextAt: worked >= BATCH ? new Date(0) : await nextDue(engine) };
  },
};

const AS_TIMEOUT = { ...SYSTEM, channel: "timeout" };

async function executeBatch({ db, log }: EngineContext): Promise<number> {
  const ctx = { db, actor: AS_TIMEOUT };
  try {
    return await inTransaction(ctx, (scope) => executeDue(scope));
  } catch (error) {
    if (isTransient(error)) throw error;
    log.error({ err: error }, "due actions failed; the incidents are tried one by one");
  }
  const due = await db
    .selectDistinct({ incidentId: pendingActions.incidentId })
    .from(pendingActions)
    .where(sql`${pendingActions.at} <= now()`)
    .limit(BATCH);
  for (const { incidentId } of due) {
    try {
      await inTransaction(ctx, (scope) => executeDue(scope, incidentId));
    } catch (error) {
      if (isTransient(error)) throw error;
      log.error({ err: error, incidentId }, "a due action failed; it is tried again in a minute");
      await db
        .update(pendingActions)
        .set({ at: sql`now() + interval '1 minute'` })
        .where(and(eq(pendingActions.incidentId, incidentId), sql`${pendingActions.at} <= now()`));
    }
  }
  return due.length;
}

/** Executes what is due, of one incident or of as many as a batch takes; answers how many incidents that were. */
async function executeDue(scope: TransactionContext, incidentId?: string): Promise<number> {
  const isDue = sql`${pendingActions.at} <= now()`;
  // What others hold is skipped before the limit counts, so that a stuck transaction keeps nobody else's timers waiting.
  const claimed = await scope.tx
    .select({ id: incidents.id })
    .from(pendingActions)
    .innerJoin(incidents, eq(incidents.id, pendingActions.incidentId))
    .where(and(isDue, incidentId === undefined ? undefined : eq(incidents.id, incidentId)))
    .orderBy(asc(pendingActions.at))
    .limit(BATCH)
    .for("update", { of: incidents, skipLocked: true });
  if (claimed.length === 0) return 0;
  const states = await lockIncidents(
    scope.tx,
    claimed.map(({ id }) => id),
  );
  const ofClaimed = inArray(pendingActions.incidentId, [...states.keys()]);
  // Read again under the lock: another engine may have executed the timer between the two.
  const due = await scope.tx
    .select({ incidentId: pendingActions.incidentId, type: pendingActions.type })
    .from(pendingActions)
    .innerJoin(incidents, eq(incidents.id, pendingActions.incidentId))
    .where(and(ofClaimed, isDue, eq(pendingActions.generation, incidents.generation)));
  const policies = [...states.values()].map(({ policy }) => policy);
  const facts = await lockOnCallFacts(scope, policies);
  await saveChanges(scope, decideAll(states, due, facts, scope.now));
  // A timer of another generation is void; left there it would be found due for ever.
  await scope.tx.execute(sql`
    delete from pending_actions p using incidents i
    where i.id = p.incident_id and p.generation <> i.generation
      and i.id = any(${sql.param([...states.keys()])}::text[])`);
  return states.size;
}

function decideAll(
  states: ReadonlyMap<string, IncidentState>,
  due: readonly Due[],
  known: OnCallFacts,
  now: Date,
): SavedChange[] {
  let facts = known;
  const first = new Map<string, Due>();
  for (const action of due.toSorted((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type))) {
    if (!first.has(action.incidentId)) first.set(action.incidentId, action);
  }
  return [...first.values()].flatMap(({ incidentId, type }) => {
    const state = states.get(incidentId);
    if (!state) return [];
    const change = decide(state, type, facts, now);
    if (change.kind === "change") {
      facts = afterTurns(facts, change.rings);
      return [{ state, change }];
    }
    // The timer has lost its object (the state changed while it waited): it goes, nothing else happens.
    const pending = state.pending.filter((action) => action.type !== type);
    return [{ state, change: { kind: "change", topic: "incident.updated", patch: {}, pending, log: [] } }];
  });
}

function decide(
  state: IncidentState,
  type: PendingAction["type"],
  facts: OnCallFacts,
  now: Date,
): Transition {
  switch (type) {
    case "escalate":
      return state.status === "triggered"
        ? escalate(state, facts, now, { kind: "timeout" })
        : { kind: "refused", because: "same" };
    case "unacknowledge":
      return unacknowledge(state, facts, now, state.snoozedUntil ? "snooze" : "timeout");
    case "urgency_change":
      return changeUrgency(state, "high", facts, now);
    case "resolve":
      return resolve(state, { type: "system", id: null, name: "Auto-resolve", channel: "timeout" }, now, {
        resolution: null,
        via: "timeout",
      });
  }
}

async function nextDue({ db }: EngineContext): Promise<Date | null> {
  const [row] = await db
    .select({ at: sql<string | null>`(extract(epoch from min(${pendingActions.at})) * 1000)::bigint::text` })
    .from(pendingActions);
  return row?.at ? new Date(Number(row.at)) : null;
}
