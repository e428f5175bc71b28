import { randomBytes } from "node:crypto";
import { z } from "zod";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { webUrlField } from "#lib/field-schemas";
import { OutgoingError, requestOutgoing } from "#lib/http/outgoing";
import type { OutgoingRequest } from "#lib/http/outgoing";
import { jsonOf } from "#lib/notifications/channels/http-result";
import { slackRequest } from "#lib/notifications/channels/slack-api";
import { telegramRequest } from "#lib/notifications/channels/telegram";
import { addProvider } from "#lib/notifications/commands/add-provider";
import { updateProvider } from "#lib/notifications/commands/update-provider";
import { inertLine } from "#lib/notifications/inert";
import { KIND_NAMES } from "#lib/notifications/provider";
import { listProviders } from "#lib/notifications/queries/providers";
import { parseInput } from "#lib/parse-input";

const token = z.string().trim().min(1, "can't be blank").max(500, "is too long");
/** Somewhere else than the provider's own address; for compatible servers. */
const baseUrl = z.preprocess((value) => (value === "" ? undefined : value), webUrlField.optional());

export const connectChatAppSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("slack"), botToken: token, signingSecret: token, baseUrl }),
  z.object({ kind: z.literal("telegram"), token, baseUrl }),
  z.object({ kind: z.literal("pushover"), token, baseUrl }),
]);
export type ConnectChatAppInput = z.input<typeof connectChatAppSchema>;
type Asked = z.output<typeof connectChatAppSchema>;
type Found = { settings: Record<string, unknown>; secret: Record<string, unknown>; name: string };

/**
 * Sets up the organisation's Slack app, Telegram bot or Pushover application: asks the provider whether the token is good and whose
 * it is, tells it where its answers go if it has to be told, and stores that. A second call replaces the first. Throws `invalid` on the
 * field that is wrong; the provider's own words are in it.
 */
export async function connectChatApp(
  ctx: Context,
  input: ConnectChatAppInput,
): Promise<{ id: string; name: string }> {
  requirePermission(ctx.actor, "organisation.manage");
  const asked = parseInput(connectChatAppSchema, input);
  const { name, settings, secret } = await ask(asked);
  const known = (await listProviders(ctx)).find(({ kind }) => kind === asked.kind);
  if (known) {
    await updateProvider(ctx, { providerId: known.id, enabled: true, settings, secret });
    return { id: known.id, name };
  }
  const { kind } = asked;
  const { ids } = await addProvider(ctx, {
    kind,
    channels: [kind],
    name: KIND_NAMES[kind],
    settings,
    secret,
  });
  return { id: ids[0] ?? "", name };
}

async function ask(asked: Asked): Promise<Found> {
  switch (asked.kind) {
    case "slack":
      return askSlack(asked);
    case "telegram":
      return askTelegram(asked);
    case "pushover":
      return askPushover(asked);
  }
}

const slackAnswer = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  team_id: z.string().default(""),
  team: z.string().default(""),
});

async function askSlack({
  botToken,
  signingSecret,
  baseUrl: base,
}: Extract<Asked, { kind: "slack" }>): Promise<Found> {
  const at = base ?? "https://slack.com/api";
  const answer = slackAnswer.safeParse(
    await call(slackRequest({ baseUrl: at, botToken }, "auth.test", {}), "botToken"),
  );
  if (!answer.success) throw wrong("botToken", "could not be checked: Slack's answer can't be read");
  const { ok, error, team_id: teamId, team: teamName } = answer.data;
  if (!ok) throw wrong("botToken", `was refused by Slack (${error ?? "no reason"})`);
  return {
    name: teamName,
    settings: { teamId, teamName: inertLine(teamName, 200) || teamId, baseUrl: at },
    secret: { botToken, signingSecret },
  };
}

const telegramAnswer = z.object({
  ok: z.boolean(),
  description: z.string().optional(),
  result: z.object({ username: z.string() }).optional().catch(undefined),
});

async function askTelegram({
  token: botToken,
  baseUrl: base,
}: Extract<Asked, { kind: "telegram" }>): Promise<Found> {
  const bot = { baseUrl: base ?? "https://api.telegram.org", token: botToken };
  const me = telegramAnswer.safeParse(await call(telegramRequest(bot, "getMe", {}), "token"));
  const username = me.data?.result?.username;
  if (username === undefined)
    throw wrong("token", `was refused by Telegram (${me.data?.description ?? "no reason"})`);
  const webhookSecret = randomBytes(24).toString("base64url");
  const hook = telegramRequest(bot, "setWebhook", {
    url: `${env().url}/api/chat/telegram`,
    secret_token: webhookSecret,
    allowed_updates: ["message", "callback_query"],
  });
  const set = telegramAnswer.safeParse(await call(hook, "token"));
  if (!set.data?.ok) {
    throw wrong(
      "token",
      `is good, but Telegram can't bring answers here: ${set.data?.description ?? "no reason"}`,
    );
  }
  return {
    name: `@${username}`,
    settings: { username, baseUrl: bot.baseUrl },
    secret: { token: botToken, webhookSecret },
  };
}

const pushoverAnswer = z.object({ status: z.number(), errors: z.array(z.string()).default([]) });

async function askPushover({
  token: appToken,
  baseUrl: base,
}: Extract<Asked, { kind: "pushover" }>): Promise<Found> {
  const at = base ?? "https://api.pushover.net";
  const url = `${at}/1/apps/limits.json?token=${encodeURIComponent(appToken)}`;
  const answer = pushoverAnswer.safeParse(await call({ url, method: "GET" }, "token"));
  if (answer.data?.status !== 1) {
    throw wrong("token", `was refused by Pushover (${answer.data?.errors.join(", ") ?? "no reason"})`);
  }
  return { name: "Pushover", settings: { baseUrl: at }, secret: { token: appToken } };
}

async function call(request: Omit<OutgoingRequest, "allowPrivate">, field: string): Promise<unknown> {
  try {
    return jsonOf(await requestOutgoing({ ...request, allowPrivate: env().allowPrivateDestinations }));
  } catch (error) {
    if (error instanceof OutgoingError) throw wrong(field, `could not be checked: ${error.message}`);
    throw error;
  }
}

function wrong(field: string, message: string): AppError {
  const said = inertLine(message, 300);
  return new AppError("invalid", `The token ${said}.`, { fields: [{ field, message: said }] });
}
