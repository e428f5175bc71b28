import { asc, eq, lte, sql } from "drizzle-orm";
import { responderRequests, responderRequestTargets } from "#db/schema/responder-requests";
import { inTransaction, SYSTEM } from "#lib/context";
import type { TransactionContext } from "#lib/context";
import type { EngineContext, EngineModule } from "#lib/engine/module";
import { completePolicy } from "#lib/escalation/policy";
import { askPeople } from "#lib/incidents/commands/ask-people";
import { loadOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { lockIncidents } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import { askNext } from "#lib/incidents/responder-request";

const BATCH = 20;

/**
 * Asks the next level of policies that were asked to join, until somebody does, everybody was asked, or the incident is resolved. Who is
 * asked and when the next is due commit together, so a level is asked once however many engines there are.
 */
export const runResponderRequests: EngineModule = {
  name: "responder-requests",
  async run(engine) {
    const due = await engine.db
      .select({ id: responderRequestTargets.id })
      .from(responderRequestTargets)
      .where(lte(responderRequestTargets.nextAt, sql`now()`))
      .orderBy(asc(responderRequestTargets.nextAt))
      .limit(BATCH);
    let worked = 0;
    for (const { id } of due) if (await askInTurn(engine, id)) worked += 1;
    return { worked, nextAt: worked >= BATCH ? new Date(0) : await nextDue(engine) };
  },
};

async function askInTurn({ db }: EngineContext, targetId: string): Promise<boolean> {
  return inTransaction({ db, actor: { ...SYSTEM, channel: "timeout" } }, async (scope) => {
    const due = await lockDue(scope, targetId);
    if (!due) return false;
    const { target, request, state } = due;
    const policy = target.policySnapshot && completePolicy(target.policySnapshot);
    if (state.status === "resolved" || policy === null) {
      await end(scope, targetId);
      return true;
    }
    const facts = await loadOnCallFacts(scope.tx, [policy], scope.now);
    const asking = askNext(policy, target, facts);
    const { level, loop, nextAt, people } = asking;
    await scope.tx
      .update(responderRequestTargets)
      .set({ level, loop, nextAt, ...(nextAt === null && { state: "ended" as const }) })
      .where(eq(responderRequestTargets.id, targetId));
    const asked = await askPeople(scope, state, request, [{ targetId, round: `${loop}.${level}`, people }]);
    if (asked.length === 0) return true;
    const assignees = asked.map((id) => ({ id, name: facts.people.get(id)?.name ?? id }));
    const entry = {
      type: "responder_request" as const,
      class: "people" as const,
      data: { policy: policy.name, level, assignees },
    };
    await saveChanges(scope, [
      { state, change: { kind: "change", topic: "incident.responders_requested", patch: {}, log: [entry] } },
    ]);
    return true;
  });
}

/** The due target with its incident locked, incident first as everywhere; null: another engine has it, or it is not due any more. */
async function lockDue({ tx, now }: TransactionContext, targetId: string) {
  const [found] = await tx
    .select({ incidentId: responderRequests.incidentId })
    .from(responderRequestTargets)
    .innerJoin(responderRequests, eq(responderRequests.id, responderRequestTargets.requestId))
    .where(eq(responderRequestTargets.id, targetId));
  if (!found) return null;
  const state = (await lockIncidents(tx, [found.incidentId])).get(found.incidentId);
  const [row] = await tx
    .select({ target: responderRequestTargets, request: responderRequests })
    .from(responderRequestTargets)
    .innerJoin(responderRequests, eq(responderRequests.id, responderRequestTargets.requestId))
    .where(eq(responderRequestTargets.id, targetId));
  if (!state || !row?.target.nextAt || row.target.nextAt > now) return null;
  return { ...row, state };
}

async function end({ tx }: TransactionContext, targetId: string): Promise<void> {
  await tx
    .update(responderRequestTargets)
    .set({ state: "ended", nextAt: null })
    .where(eq(responderRequestTargets.id, targetId));
}

async function nextDue({ db }: EngineContext): Promise<Date | null> {
  const [row] = await db
    .select({
      at: sql<
        string | null
      >`(extract(epoch from min(${responderRequestTargets.nextAt})) * 1000)::bigint::text`,
    })
    .from(responderRequestTargets);
  return row?.at ? new Date(Number(row.at)) : null;
}
