import { eq } from "drizzle-orm";
import { contactMethods } from "#db/schema/people";
import { requirePermission } from "#lib/context";
import type { Actor, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";

/** Whether it is about the actor themselves. */
export function isSelf(actor: Actor, userId: string): boolean {
  return actor.type === "user" && actor.id === userId;
}

/** People arrange how they are reached themselves; for others it takes the right to manage people. */
export function requireOwn(actor: Actor, userId: string): void {
  if (!isSelf(actor, userId)) requirePermission(actor, "people.manage");
}

/** The contact method, locked, if the actor may change it. Throws `not_found` or `forbidden`. */
export async function lockContactMethod({ tx, actor }: TransactionContext, contactMethodId: string) {
  const [method] = await tx
    .select()
    .from(contactMethods)
    .where(eq(contactMethods.id, contactMethodId))
    .for("update");
  if (!method) throw new AppError("not_found", "There is no such contact method.", { wireCode: 5001 });
  requireOwn(actor, method.userId);
  return method;
}
