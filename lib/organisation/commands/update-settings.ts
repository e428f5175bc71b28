import { and, eq, inArray, sql } from "drizzle-orm";
import { settings } from "#db/schema/organisation";
import { users } from "#db/schema/people";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { loadSettings } from "#lib/organisation/queries/settings";
import { settingsUpdateSchema } from "#lib/organisation/schemas";
import type { Settings, SettingsUpdate } from "#lib/organisation/schemas";
import { publish } from "#lib/outbox";
import { isPageable } from "#lib/people/queries/pageable";

/** Sets what is given and answers all settings. Throws `invalid` when the catch-all is nobody who may be paged. */
export async function updateSettings(ctx: Context, input: SettingsUpdate): Promise<Settings> {
  requirePermission(ctx.actor, "organisation.manage");
  const wanted = settingsUpdateSchema.parse(input);
  return inTransaction(ctx, async (scope) => {
    const before = await loadSettings(scope.tx);
    if (wanted.catch_all_user_id) await requirePageable(scope, wanted.catch_all_user_id);
    const after = { ...before, ...wanted };
    const changed = Object.entries(after).filter(([key, value]) => Reflect.get(before, key) !== value);
    if (changed.length === 0) return before;
    await writeSettings(scope, changed);
    await audit(scope, {
      action: "update",
      objectType: "settings",
      objectId: null,
      objectName: "Settings",
      before: Object.fromEntries(changed.map(([key]) => [key, Reflect.get(before, key)])),
      after: Object.fromEntries(changed),
    });
    await publish(scope, { topic: "settings.updated", entityType: "settings", entityId: "settings" });
    return after;
  });
}

/** What is null is not set: its row goes. */
async function writeSettings(scope: TransactionContext, changed: [string, unknown][]): Promise<void> {
  const cleared = changed.filter(([, value]) => value === null).map(([key]) => key);
  if (cleared.length > 0) await scope.tx.delete(settings).where(inArray(settings.key, cleared));
  const kept = changed.filter(([, value]) => value !== null);
  if (kept.length === 0) return;
  await scope.tx
    .insert(settings)
    .values(kept.map(([key, value]) => ({ key, value, updatedAt: scope.now })))
    .onConflictDoUpdate({
      target: settings.key,
      set: { value: sql`excluded.value`, updatedAt: sql`excluded.updated_at` },
    });
}

async function requirePageable(scope: TransactionContext, userId: string): Promise<void> {
  const [person] = await scope.tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), isPageable()));
  if (person) return;
  throw new AppError("invalid", "There is no such person who may be paged.", {
    fields: [{ field: "catch_all_user_id", message: "There is no such person who may be paged." }],
  });
}
