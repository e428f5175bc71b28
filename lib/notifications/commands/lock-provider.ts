import { eq } from "drizzle-orm";
import { channelProviders } from "#db/schema/channel-providers";
import { requirePermission } from "#lib/context";
import type { TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";

/** The provider, locked, for who may set up channels. Throws `not_found` or `forbidden`. */
export async function lockProvider({ tx, actor }: TransactionContext, providerId: string) {
  requirePermission(actor, "organisation.manage");
  const [provider] = await tx
    .select()
    .from(channelProviders)
    .where(eq(channelProviders.id, providerId))
    .for("update");
  if (!provider) throw new AppError("not_found", "There is no such provider.");
  return provider;
}
