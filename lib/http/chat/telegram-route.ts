import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { database } from "#db/client";
import type { Database } from "#db/connect";
import { AppError } from "#lib/errors";
import { readJson } from "#lib/http/read-json";
import { log } from "#lib/log";
import { answerPage, openAnswer } from "#lib/notifications/commands/answer-page";
import { linkTelegram } from "#lib/notifications/commands/link-telegram";
import { loadTelegramBot } from "#lib/notifications/queries/chat-apps";
import { findLinkedPerson } from "#lib/notifications/queries/linked-person";
import { TELEGRAM_ACTIONS } from "#lib/notifications/telegram-message";

const MAX_BODY_BYTES = 65_536;
const person = z.object({ id: z.number(), username: z.string().optional() });

const updateSchema = z.object({
  message: z
    .object({
      from: person.optional(),
      chat: z.object({ id: z.number(), type: z.string() }),
      text: z.string().optional(),
    })
    .optional(),
  callback_query: z.object({ id: z.string(), from: person, data: z.string().optional() }).optional(),
});
type Message = NonNullable<z.infer<typeof updateSchema>["message"]>;
type Press = NonNullable<z.infer<typeof updateSchema>["callback_query"]>;

const START = /^\/start(?:@\w+)?(?:\s+(\S+))?\s*$/;
const BUTTON = new RegExp(`^(${TELEGRAM_ACTIONS.join("|")}):([A-Z0-9]{14})$`);

/**
 * The webhook of the Telegram bot: a person links their chat with `/start <code>`, or presses a button of a page. What is to be said
 * goes out with the answer (Bot API, "Making requests when getting updates"). The secret token vouches for Telegram, which vouches
 * for who it was.
 */
export async function telegramRoute(request: Request, db: Database = database()): Promise<Response> {
  try {
    const bot = await loadTelegramBot(db);
    const given = request.headers.get("x-telegram-bot-api-secret-token") ?? "";
    if (!bot || !isSame(given, bot.webhookSecret)) return refuse("The secret token is wrong.", 401);
    const update = updateSchema.safeParse(await readJson(request, MAX_BODY_BYTES));
    if (!update.success) return nothing();
    const { message, callback_query: press } = update.data;
    if (press) return await onPress(db, press);
    return message ? await onMessage(db, message) : nothing();
  } catch (error) {
    if (error instanceof AppError) return refuse(error.message, 400);
    log().error({ err: error }, "an update of the Telegram bot failed");
    return refuse("Something went wrong on our side.", 500);
  }
}

async function onPress(db: Database, press: Press): Promise<Response> {
  const [, action, deliveryId] = BUTTON.exec(press.data ?? "") ?? [];
  const kind = TELEGRAM_ACTIONS.find((each) => each === action);
  if (kind === undefined || deliveryId === undefined) return toast(press, "This button is not known here.");
  const account = String(press.from.id);
  const userId = await findLinkedPerson(db, { channel: "telegram", account, deliveryId });
  const answerer = userId === null ? null : await openAnswer(db, { deliveryId, userId, channel: "telegram" });
  if (!answerer) return toast(press, "Nothing was changed: this Telegram account is not linked.", true);
  const { done, sentence } = await answerPage(answerer, { kind });
  return toast(press, sentence, !done);
}

async function onMessage(db: Database, { chat, from, text = "" }: Message): Promise<Response> {
  const start = START.exec(text);
  if (!start) return say(chat.id, "This bot brings pages. It reads nothing but its own buttons.");
  if (chat.type !== "private") return say(chat.id, "Pages are personal: open a private chat with this bot.");
  const code = start[1];
  if (code === undefined) return say(chat.id, HOW_TO);
  const label = from?.username === undefined ? "Telegram" : `Telegram @${from.username}`;
  const name = await linkTelegram(db, { code, chat: String(chat.id), label });
  if (name === null) return say(chat.id, `This code is not good any more. ${HOW_TO}`);
  return say(
    chat.id,
    `Pages for ${name} come here from now on. Send yourself a test from your notifications page.`,
  );
}

const HOW_TO = "Open your notifications page in Touchline, add Telegram, and follow its link.";

/** Shown on the button; an alert has to be closed. Telegram takes 200 characters. */
function toast(press: Press, text: string, isAlert = false): Response {
  return Response.json({
    method: "answerCallbackQuery",
    callback_query_id: press.id,
    text: text.slice(0, 200),
    show_alert: isAlert,
  });
}

function say(chat: number, text: string): Response {
  return Response.json({ method: "sendMessage", chat_id: chat, text });
}

function nothing(): Response {
  return new Response(null, { status: 200 });
}

function refuse(error: string, status: number): Response {
  return Response.json({ error }, { status, headers: { "cache-control": "no-store" } });
}

/** In constant time, whatever the lengths. */
function isSame(a: string, b: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
