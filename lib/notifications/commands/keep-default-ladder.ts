import { and, asc, eq, inArray } from "drizzle-orm";
import { contactMethods, notificationRules } from "#db/schema/people";
import type { TransactionContext } from "#lib/context";
import { newId } from "#lib/ids";
import { URGENCIES } from "#lib/incidents/vocabulary";
import { defaultLadder } from "#lib/notifications/default-ladder";

/**
 * Takes a contact method that was just added into the ladders of its person, as long as they are still the default ones. A ladder that
 * somebody has changed is theirs: it stays, and the linter says what it leaves out. The caller has the person locked or doesn't mind.
 * Programs state their rules themselves, and find none that they did not make.
 */
export async function keepDefaultLadder(
  { tx, now, actor }: TransactionContext,
  input: { userId: string; addedId: string },
): Promise<void> {
  if (actor.channel === "api") return;
  const { userId, addedId } = input;
  const [methods, rules] = await Promise.all([
    tx
      .select({ id: contactMethods.id, channel: contactMethods.channel })
      .from(contactMethods)
      .where(eq(contactMethods.userId, userId))
      .orderBy(asc(contactMethods.createdAt), asc(contactMethods.id)),
    tx
      .select()
      .from(notificationRules)
      .where(and(eq(notificationRules.userId, userId), eq(notificationRules.kind, "assigned"))),
  ]);
  const before = methods.filter(({ id }) => id !== addedId);
  for (const urgency of URGENCIES) {
    const had = rules.filter((rule) => rule.urgency === urgency);
    const isDefault = sameSteps(
      had,
      defaultLadder(before, urgency).map(({ method, delayMinutes }) => ({
        contactMethodId: method.id,
        delayMinutes,
      })),
    );
    if (!isDefault) continue;
    const steps = defaultLadder(methods, urgency);
    await tx.delete(notificationRules).where(
      inArray(
        notificationRules.id,
        had.map(({ id }) => id),
      ),
    );
    await tx.insert(notificationRules).values(
      steps.map(({ method, delayMinutes }) => ({
        id: newId(now.getTime()),
        userId,
        urgency,
        contactMethodId: method.id,
        delayMinutes,
        createdAt: now,
      })),
    );
  }
}

type Step = { contactMethodId: string; delayMinutes: number };

function sameSteps(one: readonly Step[], other: readonly Step[]): boolean {
  const keys = (steps: readonly Step[]) =>
    steps.map(({ contactMethodId, delayMinutes }) => `${contactMethodId} ${delayMinutes}`).toSorted();
  return JSON.stringify(keys(one)) === JSON.stringify(keys(other));
}
