import { eq } from "drizzle-orm";
import { users } from "#db/schema/people";
import { inTransaction } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { parseInput } from "#lib/parse-input";
import { lockUser } from "#lib/people/commands/lock-user";
import { preferencesSchema } from "#lib/people/schemas";
import type { Preferences } from "#lib/people/schemas";

/** Merges one's own preferences. They change nothing for anybody else, so they leave no audit record. */
export async function updatePreferences(ctx: Context, input: Preferences): Promise<Record<string, string>> {
  const given = parseInput(preferencesSchema, input);
  const { type, id } = ctx.actor;
  if (type !== "user" || id === null) throw new AppError("forbidden", "Only people have preferences.");
  return inTransaction(ctx, async ({ tx, now }) => {
    const user = await lockUser(tx, id);
    const merged = Object.entries({ ...user.preferences, ...given }).filter(isSet);
    if (merged.length > 50) {
      throw new AppError("invalid", "Preferences are too many", {
        fields: [{ field: "", message: "are too many" }],
      });
    }
    const preferences = Object.fromEntries(merged);
    await tx.update(users).set({ preferences, updatedAt: now }).where(eq(users.id, id));
    return preferences;
  });
}

function isSet(entry: [string, string | null]): entry is [string, string] {
  return entry[1] !== null;
}
