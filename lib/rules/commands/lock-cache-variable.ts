import { eq } from "drizzle-orm";
import { cacheVariables } from "#db/schema/cache-variables";
import type { Transaction } from "#lib/context";
import { AppError } from "#lib/errors";

/** The variable, locked against other changes of it. Throws `not_found`. */
export async function lockCacheVariable(tx: Transaction, variableId: string) {
  const [variable] = await tx
    .select()
    .from(cacheVariables)
    .where(eq(cacheVariables.id, variableId))
    .for("update");
  if (!variable) throw new AppError("not_found", "There is no such cache variable.", { wireCode: 2100 });
  return variable;
}
