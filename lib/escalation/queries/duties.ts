import { isNull } from "drizzle-orm";
import type { Database } from "#db/connect";
import { escalationPolicies } from "#db/schema/escalation";
import { loadLevelsNow } from "#lib/escalation/queries/levels-now";

/** One reason why a person would be told about incidents right now. */
export type Duty = {
  policy: { id: string; name: string; slug: string };
  level: number;
  /** Null: named directly. */
  schedule: { id: string; name: string; slug: string } | null;
};

/** Everybody who is on call at `at` for any live policy, with what for, level 1 first. */
export async function loadDuties(db: Database, at: Date): Promise<Map<string, Duty[]>> {
  const policies = await db
    .select({ id: escalationPolicies.id, name: escalationPolicies.name, slug: escalationPolicies.slug })
    .from(escalationPolicies)
    .where(isNull(escalationPolicies.deletedAt))
    .orderBy(escalationPolicies.name);
  const levels = await loadLevelsNow(
    db,
    policies.map(({ id }) => id),
    at,
  );
  const duties = new Map<string, Duty[]>();
  for (const policy of policies) {
    for (const { position, targets } of levels.get(policy.id) ?? []) {
      for (const { type, id, name, slug, people } of targets) {
        const schedule = type === "schedule" ? { id, name, slug: slug ?? id } : null;
        for (const person of people) {
          duties.set(person.id, [...(duties.get(person.id) ?? []), { policy, level: position, schedule }]);
        }
      }
    }
  }
  for (const ofPerson of duties.values()) ofPerson.sort((a, b) => a.level - b.level);
  return duties;
}
