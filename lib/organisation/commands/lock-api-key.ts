import { eq } from "drizzle-orm";
import { apiKeys } from "#db/schema/organisation";
import type { TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { hasPermission } from "#lib/people/permissions";

/** Locks a key that one may change: one's own, or any for those who manage the organisation. Others don't exist for one. */
export async function lockApiKey(
  scope: TransactionContext,
  keyId: string,
): Promise<typeof apiKeys.$inferSelect> {
  const [key] = await scope.tx.select().from(apiKeys).where(eq(apiKeys.id, keyId)).for("update");
  const { actor } = scope;
  const own = key !== undefined && key.userId !== null && actor.type === "user" && key.userId === actor.id;
  if (!key || !(own || hasPermission(actor.role, "organisation.manage"))) {
    throw new AppError("not_found", "There is no such key.");
  }
  if (key.revokedAt) throw new AppError("conflict", "The key is already revoked.");
  return key;
}
