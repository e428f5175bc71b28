import { settings } from "#db/schema/organisation";
import { requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import type { Database } from "#db/connect";
import { DEFAULT_SETTINGS, settingsUpdateSchema } from "#lib/organisation/schemas";
import type { Settings } from "#lib/organisation/schemas";

/** The organisation's settings; what was never set has its default. */
export async function getSettings(ctx: Context): Promise<Settings> {
  requirePermission(ctx.actor, "read");
  return loadSettings(ctx.db);
}

/** As getSettings, without a check: for code that acts for nobody. Values that no longer fit fall back to their default. */
export async function loadSettings(db: Database | Transaction): Promise<Settings> {
  const rows = await db.select({ key: settings.key, value: settings.value }).from(settings);
  const known = rows.flatMap(({ key, value }) => {
    const parsed = settingsUpdateSchema.safeParse({ [key]: value });
    return parsed.success ? Object.entries(parsed.data) : [];
  });
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(known) };
}
