import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { contactMethods, notificationRules, users } from "#db/schema/people";
import { audit, inTransaction } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { Urgency } from "#lib/incidents/vocabulary";
import { requireSelfOrManager } from "#lib/people/commands/lock-user";
import { setNotificationRulesSchema } from "#lib/notifications/schemas";
import type { PersonRule } from "#lib/notifications/plan-page";
import type { SetNotificationRulesInput } from "#lib/notifications/schemas";
import type { RuleKind } from "#lib/notifications/vocabulary";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

/** Makes these a person's rules of one kind, of assigned incidents for one urgency; a rule that was there already keeps its id. Pages that are under way keep the plan they began with. */
export async function setNotificationRules(ctx: Context, input: SetNotificationRulesInput): Promise<void> {
  const { userId, kind, urgency = null, ...given } = parseInput(setNotificationRulesSchema, input);
  const rules = given.rules.map(({ advanceMinutes = null, handoffType = null, ...rule }) => ({
    ...rule,
    advanceMinutes,
    handoffType,
  }));
  requireSelfOrManager(ctx.actor, userId);
  refuseRepetition(rules);
  await inTransaction(ctx, async (scope) => {
    await requireOwnMethods(scope, userId, rules);
    const before = await readRules(scope, { userId, kind, urgency });
    const wanted = new Set(rules.map(keyOf));
    const had = new Set(before.map(keyOf));
    const gone = before.filter((rule) => !wanted.has(keyOf(rule))).map(({ id }) => id);
    const added = rules.filter((rule) => !had.has(keyOf(rule)));
    if (gone.length === 0 && added.length === 0) return;
    await scope.tx.delete(notificationRules).where(inArray(notificationRules.id, gone));
    if (added.length > 0) {
      await scope.tx.insert(notificationRules).values(
        added.map((rule) => ({
          id: newId(scope.now.getTime()),
          userId,
          kind,
          urgency,
          ...rule,
          createdAt: scope.now,
        })),
      );
    }
    await audit(scope, {
      action: "updated",
      objectType: "notification_rules",
      objectId: userId,
      objectName: kind === "assigned" ? `${urgency} urgency` : kind,
      before: {
        rules: before.map(({ id: _id, ...rule }) => rule),
      },
      after: { rules },
    });
    await publish(scope, { topic: "notification_rules.updated", entityType: "user", entityId: userId });
  });
}

type Rule = Pick<PersonRule, "contactMethodId" | "delayMinutes" | "advanceMinutes" | "handoffType">;

function keyOf({ contactMethodId, delayMinutes, advanceMinutes, handoffType }: Rule): string {
  return [contactMethodId, delayMinutes, advanceMinutes, handoffType].join(" ");
}

/** The rules as they are, the person locked: of two who set them at once, the second replaces what the first set. */
async function readRules(
  { tx }: TransactionContext,
  { userId, kind, urgency }: { userId: string; kind: RuleKind; urgency: Urgency | null },
) {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
  return tx
    .select({
      id: notificationRules.id,
      contactMethodId: notificationRules.contactMethodId,
      delayMinutes: notificationRules.delayMinutes,
      advanceMinutes: notificationRules.advanceMinutes,
      handoffType: notificationRules.handoffType,
    })
    .from(notificationRules)
    .where(
      and(
        eq(notificationRules.userId, userId),
        eq(notificationRules.kind, kind),
        urgency === null ? isNull(notificationRules.urgency) : eq(notificationRules.urgency, urgency),
      ),
    )
    .orderBy(asc(notificationRules.delayMinutes), asc(notificationRules.id));
}

function refuseRepetition(rules: readonly Rule[]): void {
  const seen = new Set<string>();
  for (const [index, rule] of rules.entries()) {
    const key = keyOf(rule);
    if (seen.has(key)) {
      throw new AppError("invalid", "Two rules say the same.", {
        fields: [{ field: `rules.${index}`, message: "is there twice" }],
      });
    }
    seen.add(key);
  }
}

async function requireOwnMethods(
  { tx }: TransactionContext,
  userId: string,
  rules: readonly Rule[],
): Promise<void> {
  if (rules.length === 0) return;
  const own = await tx
    .select({ id: contactMethods.id })
    .from(contactMethods)
    .where(
      and(
        eq(contactMethods.userId, userId),
        inArray(
          contactMethods.id,
          rules.map((rule) => rule.contactMethodId),
        ),
      ),
    )
    .for("key share");
  const ids = new Set(own.map((method) => method.id));
  const index = rules.findIndex((rule) => !ids.has(rule.contactMethodId));
  if (index < 0) return;
  throw new AppError("invalid", "A rule names a contact method that this person doesn't have.", {
    fields: [{ field: `rules.${index}.contactMethodId`, message: "is not a contact method of this person" }],
  });
}
