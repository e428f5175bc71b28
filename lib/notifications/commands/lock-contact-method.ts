import { eq } from "drizzle-orm";
import { contactMethods } from "#db/schema/people";
import type { TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { requireSelfOrManager } from "#lib/people/commands/lock-user";

/** The contact method, locked, if the actor may change it. Throws `not_found` or `forbidden`. */
export async function lockContactMethod({ tx, actor }: TransactionContext, contactMethodId: string) {
  const [method] = await tx
    .select()
    .from(contactMethods)
    .where(eq(contactMethods.id, contactMethodId))
    .for("update");
  if (!method) throw new AppError("not_found", "There is no such contact method.", { wireCode: 5001 });
  requireSelfOrManager(actor, method.userId);
  return method;
}
