import { and, eq, inArray, isNull } from "drizzle-orm";
import { escalationPolicies } from "#db/schema/escalation";
import { priorities } from "#db/schema/incidents";
import { teams, users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import type { Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import type { FieldError } from "#lib/errors";
import type { NobodyAnsweredSetting, Target } from "#lib/escalation/policy";
import { isPageable } from "#lib/people/queries/pageable";

const NOT_PAGEABLE = "is no active person who may be paged";

type References = {
  teamId: string | null;
  fallbackUserId: string | null;
  nobodyAnswered: NobodyAnsweredSetting;
  levels: { targets: Pick<Target, "type" | "id">[] }[];
};

/**
 * Refuses a policy that points at a schedule or team that is not (or no longer) there, or at somebody who may not be paged. `kept` are ids that the policy
 * named before: somebody deactivated since must not block an unrelated edit.
 */
export async function checkReferences(
  tx: Transaction,
  policy: References,
  { kept = new Set(), ownId = null }: { kept?: ReadonlySet<string>; ownId?: string | null } = {},
): Promise<void> {
  const found = await findReferences(tx, policy);
  const isKnown = (id: string) => found.has(id) || kept.has(id);
  const { tell, priorityId, policyId } = policy.nobodyAnswered;
  const named: [field: string, id: string | null, message: string][] = [
    ["fallbackUserId", policy.fallbackUserId, NOT_PAGEABLE],
    ["nobodyAnswered.tell", tell?.type === "user" ? tell.id : null, NOT_PAGEABLE],
    ["nobodyAnswered.policyId", policyId, "is no other live policy"],
    ["nobodyAnswered.priorityId", priorityId, "is no priority"],
    ["teamId", policy.teamId, "is no team"],
    ...policy.levels.flatMap((level, levelIndex) =>
      level.targets.map(({ type, id }, index): [string, string, string] => [
        `levels.${levelIndex}.targets.${index}`,
        id,
        type === "user" ? NOT_PAGEABLE : "is no active schedule",
      ]),
    ),
  ];
  const fields: FieldError[] = named.flatMap(([field, id, message]) =>
    id === null || (isKnown(id) && id !== ownId) ? [] : [{ field, message }],
  );
  const [first] = fields;
  if (first) throw new AppError("invalid", `${first.field} ${first.message}.`, { fields, wireCode: 2001 });
}

/** Those of the ids named that are there and may be used. */
async function findReferences(tx: Transaction, policy: References): Promise<Set<string>> {
  const { tell, priorityId, policyId } = policy.nobodyAnswered;
  const targets = policy.levels.flatMap((level) => level.targets);
  const idsOf = (type: Target["type"]) =>
    targets.filter((target) => target.type === type).map(({ id }) => id);
  const told = tell?.type === "user" ? [tell.id] : [];
  const userIds = [...idsOf("user"), ...told, policy.fallbackUserId ?? []].flat();
  const found = await Promise.all([
    tx
      .select({ id: users.id })
      .from(users)
      .where(and(inArray(users.id, userIds), isPageable())),
    // Locked, so that a schedule is not deleted while a policy begins to use it.
    tx
      .select({ id: schedules.id })
      .from(schedules)
      .where(and(inArray(schedules.id, idsOf("schedule")), isNull(schedules.deletedAt)))
      .for("share"),
    tx
      .select({ id: teams.id })
      .from(teams)
      .where(eq(teams.id, policy.teamId ?? "")),
    tx
      .select({ id: escalationPolicies.id })
      .from(escalationPolicies)
      .where(and(eq(escalationPolicies.id, policyId ?? ""), isNull(escalationPolicies.deletedAt))),
    tx
      .select({ id: priorities.id })
      .from(priorities)
      .where(eq(priorities.id, priorityId ?? "")),
  ]);
  return new Set(found.flat().map(({ id }) => id));
}
