import { and, asc, eq, isNull } from "drizzle-orm";
import type { Database } from "#db/connect";
import { contactMethods, users } from "#db/schema/people";
import { audit, inTransaction, readNow, requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import { isLinkCode, linkCodeOwner, makeLinkCode } from "#lib/crypto/link-code";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { requireRoom } from "#lib/notifications/commands/add-contact-method";
import { keepDefaultLadder } from "#lib/notifications/commands/keep-default-ladder";
import { takeOverAddress } from "#lib/notifications/commands/take-over-address";
import { inertLine } from "#lib/notifications/inert";
import { loadTelegramBot } from "#lib/notifications/queries/chat-apps";
import { publish } from "#lib/outbox";

/** The address that opens the bot in the viewer's Telegram and says who they are. Good for 15 minutes and one use. */
export async function makeTelegramLink(ctx: Context): Promise<{ url: string }> {
  requirePermission(ctx.actor, "read");
  const userId = ctx.actor.type === "user" ? ctx.actor.id : null;
  if (userId === null) throw new AppError("forbidden", "Only a person can link their own Telegram.");
  const bot = await loadTelegramBot(ctx.db);
  if (!bot) throw new AppError("invalid", "No Telegram bot is set up.");
  const [now, state] = await Promise.all([readNow(ctx.db), linkedSoFar(ctx.db, userId)]);
  return { url: `https://t.me/${bot.username}?start=${makeLinkCode(userId, state, now)}` };
}

/**
 * Makes the private chat that a code came from a contact method of whose code it is; answers their name, or null when the code is not
 * good (any more). The chat is verified by that. One that was somebody else's changes hands.
 */
export async function linkTelegram(
  db: Database,
  input: { code: string; chat: string; label: string },
): Promise<string | null> {
  const userId = linkCodeOwner(input.code);
  if (userId === null) return null;
  const [person] = await db
    .select({ name: users.name, role: users.role, timeZone: users.timeZone })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.deactivatedAt)));
  if (!person) return null;
  const actor = { type: "user" as const, id: userId, ...person, channel: "telegram" };
  return inTransaction({ db, actor }, async (scope) => {
    const { tx, now } = scope;
    // Two messages with one code: the second finds it used.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
    if (!isLinkCode(input.code, userId, await linkedSoFar(tx, userId), now)) return null;
    const same = and(eq(contactMethods.channel, "telegram"), eq(contactMethods.address, input.chat));
    await takeOverAddress(scope, { channel: "telegram", address: input.chat, userId });
    const [known] = await tx
      .update(contactMethods)
      .set({ enabled: true, verifiedAt: now, lastError: null })
      .where(and(same, eq(contactMethods.userId, userId)))
      .returning({ id: contactMethods.id });
    const id = known?.id ?? newId(now.getTime());
    const label = inertLine(input.label, 100) || "Telegram";
    if (!known) {
      await requireRoom(scope, userId);
      await tx.insert(contactMethods).values({
        id,
        userId,
        channel: "telegram",
        label,
        address: input.chat,
        verifiedAt: now,
        createdAt: now,
      });
      await keepDefaultLadder(scope, { userId, addedId: id });
    }
    await audit(scope, {
      action: known ? "updated" : "added",
      objectType: "contact_method",
      objectId: id,
      objectName: label,
      after: { userId, channel: "telegram" },
    });
    await publish(scope, { topic: "contact_method.added", entityType: "user", entityId: userId });
    return person.name;
  });
}

async function linkedSoFar(db: Database | Transaction, userId: string): Promise<string> {
  const rows = await db
    .select({ id: contactMethods.id })
    .from(contactMethods)
    .where(and(eq(contactMethods.userId, userId), eq(contactMethods.channel, "telegram")))
    .orderBy(asc(contactMethods.id));
  return rows.map(({ id }) => id).join(" ");
}
