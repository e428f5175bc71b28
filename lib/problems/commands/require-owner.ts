import { and, eq, isNull } from "drizzle-orm";
import { users } from "#db/schema/people";
import type { TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";

/** Refuses an owner who isn't here (any more). Null and undefined are nobody, which is fine. */
export async function requireOwner(
  { tx }: TransactionContext,
  ownerId: string | null | undefined,
): Promise<void> {
  if (!ownerId) return;
  const [person] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, ownerId), isNull(users.deactivatedAt)));
  if (person) return;
  const message = "There is no such person.";
  throw new AppError("invalid", message, { fields: [{ field: "ownerId", message }] });
}
