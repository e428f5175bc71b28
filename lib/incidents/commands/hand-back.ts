import { and, asc, eq, inArray, ne, not, or, sql } from "drizzle-orm";
import { incidentAcknowledgements, incidentAssignments, incidents } from "#db/schema/incidents";
import { users } from "#db/schema/people";
import type { Transaction, TransactionContext } from "#lib/context";
import { afterTurns } from "#lib/escalation/choose-people";
import { lockOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { lockIncidents } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import type { SavedChange } from "#lib/incidents/commands/save-changes";
import { handBack } from "#lib/incidents/hand-back";
import { isPageable } from "#lib/people/queries/pageable";

const MOST_AT_ONCE = 250;

/**
 * Takes open incidents from people who may not be paged (any more): from this person, or from everybody of that kind. Who is on call
 * for them is paged where nobody else has them. Answers how many changed hands, at most 250 of everybody's at once.
 */
export async function handBackIncidents(
  scope: TransactionContext,
  from: { userId: string } | "everybody",
  because: string,
): Promise<number> {
  // What is being opened for them in this very moment isn't seen here: the engine looks again.
  if (from !== "everybody") await scope.tx.execute(sql`select pg_notify('touchline_engine', 'hand-back')`);
  const ids = await selectHeld(scope.tx, from);
  if (ids.length === 0) return 0;
  const states = [...(await lockIncidents(scope.tx, ids)).values()];
  const policies = states.map(({ policy }) => policy);
  let facts = await lockOnCallFacts(scope, policies);
  const changes = states.flatMap((state): SavedChange[] => {
    const change = handBack(state, facts, scope.now, because);
    if (change.kind !== "change") return [];
    facts = afterTurns(facts, change.rings);
    return [{ state, change }];
  });
  await saveChanges(scope, changes);
  return changes.length;
}

async function selectHeld(tx: Transaction, from: { userId: string } | "everybody"): Promise<string[]> {
  const person = from === "everybody" ? not(isPageable()) : eq(users.id, from.userId);
  const heldBy = (table: typeof incidentAssignments | typeof incidentAcknowledgements) =>
    tx
      .select({ incidentId: table.incidentId })
      .from(table)
      .innerJoin(users, eq(users.id, table.userId))
      .where(person);
  const rows = await tx
    .select({ id: incidents.id })
    .from(incidents)
    .where(
      and(
        ne(incidents.status, "resolved"),
        or(
          inArray(incidents.id, heldBy(incidentAssignments)),
          inArray(incidents.id, heldBy(incidentAcknowledgements)),
        ),
      ),
    )
    .orderBy(asc(incidents.id))
    .limit(from === "everybody" ? MOST_AT_ONCE : 1_000_000);
  return rows.map(({ id }) => id);
}
