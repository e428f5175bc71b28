import { and, inArray } from "drizzle-orm";
import { responderRequests, responderRequestTargets } from "#db/schema/responder-requests";
import { users } from "#db/schema/people";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import type { PolicySnapshot } from "#lib/escalation/policy";
import { snapshotPolicies } from "#lib/escalation/queries/snapshot-policies";
import { newId } from "#lib/ids";
import { askPeople } from "#lib/incidents/commands/ask-people";
import { refusal } from "#lib/incidents/commands/change-incidents";
import { loadOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { lockIncident } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import { askNext } from "#lib/incidents/responder-request";
import type { Asking } from "#lib/incidents/responder-request";
import { requestRespondersSchema } from "#lib/incidents/schemas";
import type { RequestRespondersInput } from "#lib/incidents/schemas";
import { parseInput } from "#lib/parse-input";
import { isPageable } from "#lib/people/queries/pageable";

/**
 * Asks people, and the people of policies, to join an incident that is open. They are paged until they accept or decline; a policy is
 * asked level by level until somebody joins. Throws `not_found`, `already_resolved`, and `invalid` for somebody who can't be paged.
 */
export async function requestResponders(
  ctx: Context,
  input: RequestRespondersInput,
): Promise<{ id: string }> {
  requirePermission(ctx.actor, "incident.respond");
  const { incidentId, message, userIds, policyIds } = parseInput(requestRespondersSchema, input);
  return inTransaction(ctx, async (scope) => {
    const { tx, now, actor } = scope;
    const state = await lockIncident(tx, incidentId);
    if (state.status === "resolved") throw refusal("already-resolved");
    const named = await namedPeople(scope, userIds);
    const policies = await livePolicies(scope, policyIds);
    const facts = await loadOnCallFacts(tx, policies, now);
    const requestId = newId(now.getTime());
    await tx.insert(responderRequests).values({
      id: requestId,
      incidentId,
      requesterId: actor.type === "user" ? actor.id : null,
      requesterName: actor.name,
      message,
      createdAt: now,
    });
    const people = named.map((person) => ({ id: newId(now.getTime()), person }));
    const asked = policies.map((policy) => ({
      id: newId(now.getTime()),
      policy,
      asking: askNext(policy, { level: 0, loop: 0 }, facts),
    }));
    await insertTargets(scope, requestId, people, asked);
    await askPeople(scope, state, { requesterName: actor.name, message }, [
      ...people.map(({ id, person }) => ({
        targetId: id,
        round: "0",
        people: [{ userId: person.id, trace: [] }],
      })),
      ...asked.map(({ id, asking }) => ({
        targetId: id,
        round: `${asking.loop}.${asking.level}`,
        people: asking.people,
      })),
    ]);
    const nameOf = (id: string) => facts.people.get(id)?.name ?? id;
    const log = [
      ...(named.length > 0 ? [entryOf(named, {}, message)] : []),
      ...asked.map(({ policy, asking }) =>
        entryOf(
          asking.people.map(({ userId }) => ({ id: userId, name: nameOf(userId) })),
          { policy: policy.name, level: asking.level },
          message,
        ),
      ),
    ];
    await saveChanges(scope, [
      { state, change: { kind: "change", topic: "incident.responders_requested", patch: {}, log } },
    ]);
    await tx.execute("select pg_notify('touchline_engine', 'responder-requests')");
    return { id: requestId };
  });
}

type Person = { id: string; name: string };

function entryOf(people: readonly Person[], data: Record<string, unknown>, message: string) {
  return {
    type: "responder_request" as const,
    class: "people" as const,
    note: message === "" ? null : message,
    data: { ...data, assignees: people },
  };
}

async function namedPeople({ tx }: TransactionContext, userIds: readonly string[]): Promise<Person[]> {
  if (userIds.length === 0) return [];
  const rows = await tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(inArray(users.id, [...userIds]), isPageable()));
  const missing = userIds.findIndex((userId) => !rows.some(({ id }) => id === userId));
  if (missing < 0) return rows;
  throw new AppError("invalid", "Somebody who is asked can't be paged.", {
    fields: [{ field: `userIds.${missing}`, message: "is nobody who can be paged" }],
  });
}

async function livePolicies(
  { tx }: TransactionContext,
  policyIds: readonly string[],
): Promise<PolicySnapshot[]> {
  const snapshots = await snapshotPolicies(tx, policyIds, { live: true });
  return policyIds.map((policyId, index) => {
    const snapshot = snapshots.get(policyId);
    if (snapshot) return snapshot;
    throw new AppError("invalid", "There is no such escalation policy.", {
      fields: [{ field: `policyIds.${index}`, message: "is no escalation policy" }],
    });
  });
}

async function insertTargets(
  { tx }: TransactionContext,
  requestId: string,
  people: readonly { id: string; person: Person }[],
  asked: readonly { id: string; policy: PolicySnapshot; asking: Asking }[],
): Promise<void> {
  await tx.insert(responderRequestTargets).values([
    ...people.map(({ id, person }) => ({ id, requestId, userId: person.id, state: "asking" as const })),
    ...asked.map(({ id, policy, asking: { level, loop, nextAt } }) => ({
      id,
      requestId,
      policySnapshot: policy,
      state: nextAt === null ? ("ended" as const) : ("asking" as const),
      level,
      loop,
      nextAt,
    })),
  ]);
}
