import { inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { afterTurns } from "#lib/escalation/choose-people";
import type { OnCallFacts } from "#lib/escalation/choose-people";
import { lockOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { lockIncidents } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import type { SavedChange } from "#lib/incidents/commands/save-changes";
import type { IncidentState, RefusalReason, Transition, Who } from "#lib/incidents/incident";
import { REFUSALS } from "#lib/incidents/refusal";

const MOST_AT_ONCE = 250;

export type ChangeResult = {
  incidentId: string;
  number: number;
  refused: { reason: RefusalReason; sentence: string } | null;
};

export type Decide = (state: IncidentState, facts: OnCallFacts, scope: TransactionContext) => Transition;

/** Nobody on call anywhere: for transitions that page nobody, so that they needn't load who is. */
function noOnCall(at: Date): OnCallFacts {
  return {
    at,
    schedules: new Map(),
    people: new Map(),
    teamManagers: new Map(),
    catchAll: [],
    rings: new Map(),
    policies: new Map(),
    priorityRanks: new Map(),
  };
}

export type ChangeOptions = {
  /** The decision needs to know who is on call. */
  onCall?: boolean;
  /** One refusal undoes everything (the public API's way); else the others go through and each tells its own result. */
  allOrNothing?: boolean;
};

/**
 * Locks the incidents, asks `decide` for each, and writes what it decided, in one transaction. Throws `too_large` beyond 250
 * incidents and `not_found` when none of them exists.
 */
export async function changeIncidents(
  ctx: Context,
  incidentIds: readonly string[],
  decide: Decide,
  options: ChangeOptions = {},
): Promise<ChangeResult[]> {
  requirePermission(ctx.actor, "incident.respond");
  if (incidentIds.length > MOST_AT_ONCE) {
    throw new AppError("too_large", `At most ${MOST_AT_ONCE} incidents can be changed at once.`);
  }
  return inTransaction(ctx, (scope) => changeInScope(scope, incidentIds, decide, options));
}

/** As changeIncidents, inside a transaction that is already open; without the check of rights. */
export async function changeInScope(
  scope: TransactionContext,
  incidentIds: readonly string[],
  decide: Decide,
  options: ChangeOptions = {},
): Promise<ChangeResult[]> {
  const states = await lockIncidents(scope.tx, incidentIds);
  const missing = incidentIds.filter((incidentId) => !states.has(incidentId));
  if (states.size === 0 || (options.allOrNothing && missing.length > 0)) {
    throw new AppError("not_found", "There is no such incident.", { wireCode: 5001 });
  }
  const locked = [...states.values()];
  let facts = options.onCall
    ? await lockOnCallFacts(
        scope,
        locked.map(({ policy }) => policy),
      )
    : noOnCall(scope.now);
  const saved: SavedChange[] = [];
  const results = locked.map((state): ChangeResult => {
    const change = decide(state, facts, scope);
    const { id: incidentId, number } = state;
    if (change.kind === "change") {
      facts = afterTurns(facts, change.rings);
      saved.push({ state, change });
      return { incidentId, number, refused: null };
    }
    if (options.allOrNothing) throw refusal(change.because);
    return {
      incidentId,
      number,
      refused: { reason: change.because, sentence: REFUSALS[change.because].sentence },
    };
  });
  await saveChanges(scope, saved);
  return results;
}

/** The result of a change to one incident; throws its refusal. */
export function only(results: readonly ChangeResult[]): ChangeResult {
  const [result] = results;
  if (!result) throw new AppError("not_found", "There is no such incident.", { wireCode: 5001 });
  if (result.refused) throw refusal(result.refused.reason);
  return result;
}

/** A refused transition as an error that every surface can tell. */
export function refusal(reason: RefusalReason): AppError {
  const { sentence, wireCode } = REFUSALS[reason];
  return new AppError(reason === "already-resolved" ? "already_resolved" : "conflict", sentence, {
    wireCode,
  });
}

/** The transaction's actor as the core sees them. */
export function whoOf(scope: TransactionContext): Who {
  const { type, id, name, channel } = scope.actor;
  return { type, id, name, channel };
}
