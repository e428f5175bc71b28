import { and, inArray, isNull } from "drizzle-orm";
import type { Database } from "#db/connect";
import { escalationPolicies } from "#db/schema/escalation";
import type { Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import { nameNobodyAnswered } from "#lib/escalation/queries/nobody-answered";
import { loadLevels } from "#lib/escalation/queries/levels";
import { completePolicy } from "#lib/escalation/policy";
import type { PolicySnapshot } from "#lib/escalation/policy";

/** The policies as an incident keeps them, in two queries; deleted ones too unless only `live` ones are asked for. Unknown ids are left out. */
export async function snapshotPolicies(
  tx: Transaction | Database,
  policyIds: Iterable<string>,
  { live = false }: { live?: boolean } = {},
): Promise<Map<string, PolicySnapshot>> {
  const ids = [...policyIds];
  const [policies, levels] = await Promise.all([
    tx
      .select()
      .from(escalationPolicies)
      .where(
        and(inArray(escalationPolicies.id, ids), live ? isNull(escalationPolicies.deletedAt) : undefined),
      ),
    loadLevels(tx, ids),
  ]);
  const nameEnd = await nameNobodyAnswered(
    tx,
    policies.map(({ nobodyAnswered }) => nobodyAnswered),
  );
  return new Map(
    policies.map(({ id: policyId, version, name, numLoops, teamId, fallbackUserId, nobodyAnswered }) => [
      policyId,
      completePolicy({
        policyId,
        version,
        name,
        numLoops,
        teamId,
        fallbackUserId,
        nobodyAnswered: nameEnd(nobodyAnswered),
        levels: (levels.get(policyId) ?? []).map(({ position: _position, targets, ...level }) => ({
          ...level,
          targets: targets.map(({ type, id, name: called }) => ({ type, id, name: called })),
        })),
      }),
    ]),
  );
}

/** One policy as an incident keeps it. Throws `not_found`. */
export async function snapshotPolicy(tx: Transaction | Database, policyId: string): Promise<PolicySnapshot> {
  const snapshot = (await snapshotPolicies(tx, [policyId])).get(policyId);
  if (!snapshot) throw new AppError("not_found", "There is no such escalation policy.", { wireCode: 1014 });
  return snapshot;
}
