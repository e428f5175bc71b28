import { and, eq, inArray } from "drizzle-orm";
import { contactMethods, notificationRules } from "#db/schema/people";
import { audit, inTransaction } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { requireOwn } from "#lib/notifications/commands/require-own";
import { setNotificationRulesSchema } from "#lib/notifications/schemas";
import type { SetNotificationRulesInput } from "#lib/notifications/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";

/** Replaces a person's rules for one urgency by these. Pages that are under way keep the plan they began with. */
export async function setNotificationRules(ctx: Context, input: SetNotificationRulesInput): Promise<void> {
  const { userId, urgency, rules } = parseInput(setNotificationRulesSchema, input);
  requireOwn(ctx.actor, userId);
  refuseRepetition(rules);
  await inTransaction(ctx, async (scope) => {
    await requireOwnMethods(scope, userId, rules);
    const before = await scope.tx
      .delete(notificationRules)
      .where(and(eq(notificationRules.userId, userId), eq(notificationRules.urgency, urgency)))
      .returning({
        contactMethodId: notificationRules.contactMethodId,
        delayMinutes: notificationRules.delayMinutes,
      });
    if (rules.length > 0) {
      await scope.tx.insert(notificationRules).values(
        rules.map((rule) => ({
          id: newId(scope.now.getTime()),
          userId,
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
      objectName: `${urgency} urgency`,
      before: { rules: before },
      after: { rules },
    });
    await publish(scope, { topic: "notification_rules.updated", entityType: "user", entityId: userId });
  });
}

type Rule = { contactMethodId: string; delayMinutes: number };

function refuseRepetition(rules: readonly Rule[]): void {
  const seen = new Set<string>();
  for (const [index, { contactMethodId, delayMinutes }] of rules.entries()) {
    const key = `${contactMethodId} ${delayMinutes}`;
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
