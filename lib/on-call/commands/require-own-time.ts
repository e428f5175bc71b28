import { eq } from "drizzle-orm";
import type { Database } from "#db/connect";
import { users } from "#db/schema/people";
import { requirePermission } from "#lib/context";
import type { Actor, Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import { isSelf } from "#lib/people/permissions";

/** The person whose time it is: oneself, or anybody for those who may configure. Throws `forbidden` or `not_found`. */
export async function requireOwnTime(
  { tx, actor }: { tx: Transaction | Database; actor: Actor },
  userId: string,
): Promise<{ name: string; timeZone: string }> {
  if (!isSelf(actor, userId)) requirePermission(actor, "configure");
  const [person] = await tx
    .select({ name: users.name, timeZone: users.timeZone })
    .from(users)
    .where(eq(users.id, userId));
  if (!person) throw new AppError("not_found", "There is no such person.");
  return person;
}
