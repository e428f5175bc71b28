import { and, inArray, isNull } from "drizzle-orm";
import type { Database } from "#db/connect";
import { escalationPolicies } from "#db/schema/escalation";
import { priorities } from "#db/schema/incidents";
import { users } from "#db/schema/people";
import type { Transaction } from "#lib/context";
import { NOTHING_MORE } from "#lib/escalation/policy";
import type { NobodyAnswered, NobodyAnsweredSetting } from "#lib/escalation/policy";

type Setting = Partial<NobodyAnsweredSetting>;

/** What these settings mean, with the names of today; a policy that is gone keeps its place without a name. */
export async function nameNobodyAnswered(
  db: Database | Transaction,
  settings: readonly Setting[],
): Promise<(setting: Setting) => NobodyAnswered> {
  const userIds = settings.flatMap(({ tell }) => (tell?.type === "user" ? [tell.id] : []));
  const priorityIds = settings.flatMap(({ priorityId }) => priorityId ?? []);
  const policyIds = settings.flatMap(({ policyId }) => policyId ?? []);
  const [people, ranked, policies] = await Promise.all([
    userIds.length === 0
      ? []
      : db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, userIds)),
    priorityIds.length === 0
      ? []
      : db
          .select({ id: priorities.id, name: priorities.name, rank: priorities.rank })
          .from(priorities)
          .where(inArray(priorities.id, priorityIds)),
    policyIds.length === 0
      ? []
      : db
          .select({ id: escalationPolicies.id, name: escalationPolicies.name })
          .from(escalationPolicies)
          .where(and(inArray(escalationPolicies.id, policyIds), isNull(escalationPolicies.deletedAt))),
  ]);
  const nameOf = new Map([...people, ...policies].map(({ id, name }) => [id, name]));
  return ({ tell = null, raiseUrgency = false, priorityId, policyId, repeat = false }) => ({
    ...NOTHING_MORE,
    tell: tell?.type === "user" ? { ...tell, name: nameOf.get(tell.id) ?? "somebody gone" } : tell,
    raiseUrgency,
    priority: ranked.find(({ id }) => id === priorityId) ?? null,
    policy: policyId ? { id: policyId, name: nameOf.get(policyId) ?? "a deleted policy" } : null,
    repeat,
  });
}
