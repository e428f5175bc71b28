import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { escalationPolicies } from "#db/schema/escalation";
import { priorities } from "#db/schema/incidents";
import { ruleSets, ruleSetVersions } from "#db/schema/rules";
import { ruleWebhooks } from "#db/schema/rule-webhooks";
import { services } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, Transaction, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { checkPath } from "#lib/rules/queries/check-path";
import { actionsOf, rekeys } from "#lib/rules/rule";
import type { RulePath } from "#lib/rules/rule";
import type { PublishRulesInput, RulePlace } from "#lib/rules/schemas";
import { setName } from "#lib/rules/set-name";
import { refuseStaleVersion } from "#lib/stale-version";

/**
 * Puts rules in force for every event from now on, as the next version. Throws `invalid`, naming the rule, for what can't be
 * understood or names what is not there, and `conflict` when another version than the edited one is in force.
 */
export async function publishRules(
  ctx: Context,
  input: PublishRulesInput,
): Promise<{ id: string; version: number }> {
  requirePermission(ctx.actor, "configure");
  refuseProblems(input);
  return inTransaction(ctx, async (scope) => {
    const serviceName = await liveServiceName(scope.tx, input);
    await refuseUnknown(scope.tx, input.path);
    const set = await lockSet(scope, input);
    const name = setName(input.kind, serviceName);
    await refuseStaleVersion(
      scope.tx,
      { objectType: "rule_set", id: set.id, name, version: set.version },
      input.expectedVersion,
    );
    const version = set.version + 1;
    await scope.tx.insert(ruleSetVersions).values({
      ruleSetId: set.id,
      version,
      path: input.path,
      reason: input.reason,
      publishedBy: scope.actor.type === "user" ? scope.actor.id : null,
      publishedByName: scope.actor.name,
      createdAt: scope.now,
    });
    await scope.tx
      .update(ruleSets)
      .set({ version, rekeys: set.rekeys || rekeys(input.path), updatedAt: scope.now })
      .where(eq(ruleSets.id, set.id));
    await audit(scope, {
      action: "publish",
      objectType: "rule_set",
      objectId: set.id,
      objectName: name,
      before: { version: set.version },
      after: { version, reason: input.reason },
    });
    await publish(scope, { topic: "rule_set.published", entityType: "rule_set", entityId: set.id });
    return { id: set.id, version };
  });
}

function refuseProblems({ kind, path }: PublishRulesInput): void {
  const { problems, conditions } = checkPath(kind, path);
  const errors = [
    ...problems.filter(({ level }) => level === "error").map(({ ruleId, message }) => ({ ruleId, message })),
    ...conditions.map(({ ruleId, message, start }) => ({
      ruleId,
      message: `${message} (at character ${start + 1} of its condition)`,
    })),
  ];
  if (errors.length === 0) return;
  const fields = errors.map(({ ruleId, message }) => ({ field: ruleId ?? "catchAll", message }));
  throw new AppError("invalid", errors[0]?.message ?? "The rules can't be understood.", { fields });
}

async function liveServiceName(tx: Transaction, { kind, serviceId }: RulePlace): Promise<string | null> {
  if (kind !== "service") return null;
  const [service] = await tx
    .select({ name: services.name })
    .from(services)
    .where(and(eq(services.id, serviceId ?? ""), isNull(services.deletedAt)));
  if (!service) throw new AppError("not_found", "There is no such service.");
  return service.name;
}

async function refuseUnknown(tx: Transaction, path: RulePath): Promise<void> {
  const all = actionsOf(path);
  const wanted = {
    service: all.flatMap(({ routeTo }) => routeTo ?? []),
    policy: all.flatMap(({ policyId }) => policyId ?? []),
    priority: all.flatMap(({ priorityId }) => priorityId ?? []),
    webhook: all.flatMap(({ webhooks }) => webhooks),
  };
  const [found, policies, ranks, webhooks] = await Promise.all([
    tx
      .select({ id: services.id })
      .from(services)
      .where(and(inArray(services.id, wanted.service), isNull(services.deletedAt))),
    tx
      .select({ id: escalationPolicies.id })
      .from(escalationPolicies)
      .where(and(inArray(escalationPolicies.id, wanted.policy), isNull(escalationPolicies.deletedAt))),
    tx.select({ id: priorities.id }).from(priorities).where(inArray(priorities.id, wanted.priority)),
    tx.select({ id: ruleWebhooks.id }).from(ruleWebhooks).where(inArray(ruleWebhooks.id, wanted.webhook)),
  ]);
  const known = new Set([...found, ...policies, ...ranks, ...webhooks].map(({ id }) => id));
  for (const [what, ids] of Object.entries(wanted)) {
    const missing = ids.find((id) => !known.has(id));
    if (missing === undefined) continue;
    const message = `A rule names a ${what} that is not there (any more).`;
    throw new AppError("invalid", message, { fields: [{ field: what, message }] });
  }
}

async function lockSet(scope: TransactionContext, { kind, serviceId }: RulePlace) {
  await scope.tx.execute(sql`
    insert into rule_sets (id, kind, service_id, version, created_at, updated_at)
    values (${newId(scope.now.getTime())}, ${kind}, ${kind === "service" ? serviceId : null}, 0, now(), now())
    on conflict do nothing`);
  const place =
    kind === "service"
      ? and(eq(ruleSets.kind, kind), eq(ruleSets.serviceId, serviceId ?? ""))
      : eq(ruleSets.kind, kind);
  const [set] = await scope.tx.select().from(ruleSets).where(place).for("update");
  if (!set) throw new Error(`The rule set ${kind} could not be made.`);
  return set;
}
