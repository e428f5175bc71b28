import { and, eq } from "drizzle-orm";
import { contactMethods, notificationRules } from "#db/schema/people";
import type { TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import type { RuleKind } from "#lib/notifications/vocabulary";
import { requireSelfOrManager } from "#lib/people/commands/lock-user";

export const RULE_CONSTRAINTS = {
  notification_rules_key: { field: "delayMinutes", message: "must be unique for a given contact method" },
};

/** The rule, locked, if the actor may change it and it is of that kind (absent: of any). Throws `not_found` or `forbidden`. */
export async function lockNotificationRule(
  { tx, actor }: TransactionContext,
  ruleId: string,
  kind?: RuleKind,
) {
  const [rule] = await tx
    .select()
    .from(notificationRules)
    .where(eq(notificationRules.id, ruleId))
    .for("update");
  if (!rule || (kind !== undefined && rule.kind !== kind))
    throw new AppError("not_found", "There is no such notification rule.", { wireCode: 2100 });
  requireSelfOrManager(actor, rule.userId);
  return rule;
}

/** Refuses a contact method that is not this person's own, and keeps their own from going meanwhile. */
export async function holdOwnMethod(
  { tx }: TransactionContext,
  input: { userId: string; contactMethodId: string },
): Promise<void> {
  const [own] = await tx
    .select({ id: contactMethods.id })
    .from(contactMethods)
    .where(and(eq(contactMethods.id, input.contactMethodId), eq(contactMethods.userId, input.userId)))
    .for("key share");
  if (own) return;
  throw new AppError("invalid", "The rule names a contact method that this person doesn't have.", {
    fields: [{ field: "contactMethodId", message: "is not a contact method of this person" }],
  });
}
