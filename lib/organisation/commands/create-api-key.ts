import { apiKeys } from "#db/schema/organisation";
import { hashApiKey, newApiKey } from "#lib/auth/api-key";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { apiKeyInputSchema } from "#lib/organisation/schemas";
import type { ApiKeyInput } from "#lib/organisation/schemas";
import { publish } from "#lib/outbox";

/** Makes a key for oneself, or for the organisation. The key is in this answer and nowhere else, ever. */
export async function createApiKey(ctx: Context, input: ApiKeyInput): Promise<{ id: string; key: string }> {
  const wanted = apiKeyInputSchema.parse(input);
  requirePermission(ctx.actor, wanted.account ? "organisation.manage" : "read");
  const person = ctx.actor.type === "user" ? ctx.actor.id : null;
  if (!wanted.account && person === null) {
    throw new AppError("invalid", "Only a person can have a key of their own.");
  }
  const expiresAt = wanted.expiresAt === null ? null : new Date(wanted.expiresAt);
  const key = newApiKey();
  return inTransaction(ctx, async (scope) => {
    if (expiresAt && expiresAt <= scope.now) {
      throw new AppError("invalid", "The key would have expired already.", {
        fields: [{ field: "expiresAt", message: "must be in the future" }],
      });
    }
    const id = newId(scope.now.getTime());
    await scope.tx.insert(apiKeys).values({
      id,
      name: wanted.name,
      scope: wanted.scope,
      userId: wanted.account ? null : person,
      hash: hashApiKey(key),
      lastFour: key.slice(-4),
      createdBy: person,
      createdAt: scope.now,
      expiresAt,
    });
    const after = { scope: wanted.scope, account: wanted.account, expiresAt: wanted.expiresAt };
    await audit(scope, {
      action: "create",
      objectType: "api_key",
      objectId: id,
      objectName: wanted.name,
      after,
    });
    await publish(scope, { topic: "api_key.created", entityType: "api_key", entityId: id });
    return { id, key };
  });
}
