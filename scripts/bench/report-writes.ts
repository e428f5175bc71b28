import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { declareIncident } from "#lib/incidents/commands/declare";
import { refreshFacts } from "#lib/incidents/commands/refresh-facts";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import { actAs, makePolicy, makeService, makeUser } from "#lib/testing/factories";
import type { TestDatabase } from "#lib/testing/test-database";
import { quantileOf } from "#scripts/bench/quantile-of";

const WRITES = 100;

/** Milliseconds of a whole life of an incident (declare, acknowledge, resolve), and the part of them that facts took. */
export async function measureWrites({
  db,
}: Pick<TestDatabase, "db">): Promise<{ whole: number; facts: number }> {
  const user = await makeUser(db);
  const policy = await makePolicy(db, { levels: [{ targets: [{ type: "user", id: user.id }] }] });
  const service = await makeService(db, { escalationPolicyId: policy.id });
  const ctx = actAs(db, user);
  const lives: number[] = [];
  const shares: number[] = [];
  for (let run = 0; run < WRITES; run += 1) {
    const begun = performance.now();
    const { id: incidentId } = await declareIncident(ctx, { title: `Written ${run}`, serviceId: service.id });
    await acknowledgeIncident(ctx, { incidentId });
    await resolveIncidents(ctx, { incidentIds: [incidentId] });
    lives.push(performance.now() - begun);
    // The same statements once more, without the transaction around them.
    await db.transaction(async (tx) => {
      const from = performance.now();
      for (const _ of ["declared", "acknowledged", "resolved"]) await refreshFacts({ tx }, [incidentId]);
      shares.push(performance.now() - from);
    });
  }
  return { whole: quantileOf(lives, 0.5), facts: quantileOf(shares, 0.5) };
}
