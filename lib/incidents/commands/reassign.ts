import { and, inArray } from "drizzle-orm";
import { users } from "#db/schema/people";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context, Transaction, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { afterTurns } from "#lib/escalation/choose-people";
import { snapshotPolicy } from "#lib/escalation/queries/snapshot-policies";
import { delegate } from "#lib/incidents/amend";
import { assignDirectly } from "#lib/incidents/assign";
import { changeInScope } from "#lib/incidents/commands/change-incidents";
import type { ChangeOptions, ChangeResult } from "#lib/incidents/commands/change-incidents";
import { lockOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { lockIncidents } from "#lib/incidents/commands/lock-incidents";
import type { IncidentState, Person } from "#lib/incidents/incident";
import { isPageable } from "#lib/people/queries/pageable";

export type ReassignInput = {
  incidentIds: readonly string[];
  to: { userIds: readonly string[] } | { policyId: string };
};

/** Hands incidents to people (only they are paged; the policy is the fallback) or to another policy (from its first level). */
export async function reassignIncidents(
  ctx: Context,
  input: ReassignInput,
  options: Pick<ChangeOptions, "allOrNothing"> = {},
): Promise<ChangeResult[]> {
  requirePermission(ctx.actor, "incident.respond");
  return inTransaction(ctx, (scope) => reassignInScope(scope, input, options));
}

/** As reassignIncidents, inside an open transaction; without the check of rights. */
export async function reassignInScope(
  scope: TransactionContext,
  input: ReassignInput,
  options: Pick<ChangeOptions, "allOrNothing"> = {},
): Promise<ChangeResult[]> {
  const { to } = input;
  if ("userIds" in to) {
    const people = await loadAssignees(scope.tx, to.userIds);
    return changeInScope(
      scope,
      input.incidentIds,
      (state) => assignDirectly(state, people, scope.now),
      options,
    );
  }
  const policy = await snapshotPolicy(scope.tx, to.policyId);
  // Incidents before rings, as everywhere.
  await lockIncidents(scope.tx, input.incidentIds);
  let facts = await lockOnCallFacts(scope, [policy]);
  const decide = (state: IncidentState) => {
    const change = delegate(state, policy, facts, scope.now);
    if (change.kind === "change") facts = afterTurns(facts, change.rings);
    return change;
  };
  return changeInScope(scope, input.incidentIds, decide, options);
}

/** The named people, in the order named. Throws `invalid` for someone unknown or who may not be paged. */
export async function loadAssignees(tx: Transaction, userIds: readonly string[]): Promise<Person[]> {
  const rows = await tx
    .select({ userId: users.id, name: users.name })
    .from(users)
    .where(and(inArray(users.id, [...userIds]), isPageable()));
  const known = new Map(rows.map((row) => [row.userId, row]));
  return userIds.map((userId) => {
    const person = known.get(userId);
    if (person) return person;
    const message = `There is no person ${userId} who may be paged.`;
    throw new AppError("invalid", message, { wireCode: 1007, fields: [{ field: "assignees", message }] });
  });
}
