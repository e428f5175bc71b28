import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "#db/connect";
import { channelProviders } from "#db/schema/channel-providers";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { env } from "#lib/env";
import { phoneBook } from "#lib/notifications/phone-book";

/** The numbers that texts and calls of this deployment come from. */
export async function readSenderNumbers(db: Database): Promise<string[]> {
  const rows = await db
    .select({ settings: channelProviders.settings })
    .from(channelProviders)
    .where(and(eq(channelProviders.enabled, true), inArray(channelProviders.channel, ["sms", "phone"])))
    .orderBy(channelProviders.channel, channelProviders.position);
  const given = rows.flatMap(({ settings: { from, numbers } }) => [
    from,
    ...(Array.isArray(numbers) ? numbers : []),
  ]);
  // A sender's name is none that could be saved.
  const dialled = given.flatMap((number) =>
    typeof number === "string" && /^\+?\d{5,15}$/.test(number) ? [`+${number.replace(/^\+/, "")}`] : [],
  );
  return [...new Set(dialled)];
}

/** Those numbers as a contact to save. */
export async function readPhoneBook(ctx: Context): Promise<string> {
  requirePermission(ctx.actor, "read");
  const { url } = env();
  const numbers = await readSenderNumbers(ctx.db);
  return phoneBook({ name: `Touchline (${new URL(url).hostname})`, url, numbers });
}
