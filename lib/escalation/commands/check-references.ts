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
  const targets = policy.levels.flatMap((level) => level.targets);
  const userIds = targets.filter(({ type }) => type === "user").map(({ id }) => id);
  if (policy.fallbackUserId) userIds.push(policy.fallbackUserId);
  const { tell, priorityId, policyId } = policy.nobodyAnswered;
  if (tell?.type === "user") userIds.push(tell.id);
  const scheduleIds = targets.filter(({ type }) => type === "schedule").map(({ id }) => id);
  const [people, live, team, successor, priority] = await Promise.all([
    tx
      .select({ id: users.id })
      .from(users)
      .where(and(inArray(users.id, userIds), isPageable())),
    // Locked, so that a schedule is not deleted while a policy begins to use it.
    tx
      .select({ id: schedules.id })
      .from(schedules)
      .where(and(inArray(schedules.id, scheduleIds), isNull(schedules.deletedAt)))
      .for("share"),
    policy.teamId ? tx.select({ id: teams.id }).from(teams).where(eq(teams.id, policy.teamId)) : null,
    policyId
      ? tx
          .select({ id: escalationPolicies.id })
          .from(escalationPolicies)
          .where(and(eq(escalationPolicies.id, policyId), isNull(escalationPolicies.deletedAt)))
      : null,
    priorityId
      ? tx.select({ id: priorities.id }).from(priorities).where(eq(priorities.id, priorityId))
      : null,
  ]);
  const known = new Set([...people, ...live].map(({ id }) => id));
  const isKnown = (id: string) => known.has(id) || kept.has(id);
  const fields: FieldError[] = policy.levels.flatMap((level, levelIndex) =>
    level.targets.flatMap(({ type, id }, index) =>
      isKnown(id)
        ? []
        : [
            {
              field: `levels.${levelIndex}.targets.${index}`,
              message: type === "user" ? NOT_PAGEABLE : "is no active schedule",
            },
          ],
    ),
  );
  if (policy.fallbackUserId && !isKnown(policy.fallbackUserId)) {
    fields.push({ field: "fallbackUserId", message: NOT_PAGEABLE });
  }
  if (tell?.type === "user" && !isKnown(tell.id)) {
    fields.push({ field: "nobodyAnswered.tell", message: NOT_PAGEABLE });
  }
  const isGone = successor?.length === 0 && !(policyId && kept.has(policyId));
  if (isGone || (policyId && policyId === ownId)) {
    fields.push({ field: "nobodyAnswered.policyId", message: "is no other live policy" });
  }
  if (priority?.length === 0) fields.push({ field: "nobodyAnswered.priorityId", message: "is no priority" });
  if (team?.length === 0) fields.push({ field: "teamId", message: "is no team" });
  const [first] = fields;
  if (first) throw new AppError("invalid", `${first.field} ${first.message}.`, { fields, wireCode: 2001 });
}
