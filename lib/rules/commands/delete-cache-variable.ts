import { cacheVariables } from "#db/schema/cache-variables";
import type { Context } from "#lib/context";
import { deleteNamed } from "#lib/rules/commands/delete-named";
import { lockCacheVariable } from "#lib/rules/commands/lock-cache-variable";

/** Forgets a variable and what it held. Throws `not_found`. */
export async function deleteCacheVariable(ctx: Context, variableId: string): Promise<void> {
  await deleteNamed(ctx, {
    table: cacheVariables,
    id: variableId,
    objectType: "cache_variable",
    lock: async (tx, id) => {
      const { name, kind } = await lockCacheVariable(tx, id);
      return { name, kind };
    },
  });
}
