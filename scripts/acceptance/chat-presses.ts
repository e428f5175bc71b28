import { signSlack } from "#lib/http/chat/slack-signature";
import { CHAT_SECRETS } from "#lib/testing/chat-double";

/** A page as its medium got it, and where its answers go. */
export type Pressed = { url: string; body: string };
type Told = { request: string; answer: string };

/** Somebody presses Acknowledge in Slack, which signs what it sends. */
export async function pressSlack({ url, body }: Pressed): Promise<Told> {
  const payload = JSON.stringify({
    type: "block_actions",
    user: { id: "U0MAYA" },
    team: { id: CHAT_SECRETS.slackTeam },
    actions: [{ action_id: "acknowledge", value: /"value":"([A-Z0-9]{14})"/.exec(body)?.[1] }],
  });
  const form = new URLSearchParams({ payload }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  return post(`${url}/api/chat/slack`, form, {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": signSlack(form, timestamp, CHAT_SECRETS.slackSigning),
  });
}

/** Somebody taps Acknowledge in Telegram. */
export async function pressTelegram({ url, body }: Pressed): Promise<Told> {
  const data = /"callback_data":"(acknowledge:[A-Z0-9]{14})"/.exec(body)?.[1];
  const update = { callback_query: { id: "1", from: { id: 42, username: "maya" }, data } };
  return post(`${url}/api/chat/telegram`, JSON.stringify(update), {
    "content-type": "application/json",
    "x-telegram-bot-api-secret-token": CHAT_SECRETS.telegramWebhook,
  });
}

/** Somebody acknowledges in the Pushover app, and Pushover calls back. */
export async function pressPushover({ body }: Pressed): Promise<Told> {
  const callback = new URLSearchParams(body).get("callback") ?? "";
  const fields = new URLSearchParams({ receipt: "receipt", acknowledged: "1" });
  return post(callback, fields.toString(), { "content-type": "application/x-www-form-urlencoded" });
}

/** Somebody presses the button in Mattermost, whose server sends its context. */
export async function pressMattermost({ body }: Pressed): Promise<Told> {
  const { attachments } = JSON.parse(body) as {
    attachments: { actions: { integration: { url: string; context: object } }[] }[];
  };
  const integration = attachments[0]?.actions[0]?.integration;
  const press = JSON.stringify({ user_id: "maya", context: integration?.context });
  return post(integration?.url ?? "", press, { "content-type": "application/json" });
}

/** Somebody opens the page's one-tap link and presses its button; ntfy does it by itself. */
export async function tapLink({ body }: Pressed): Promise<Told> {
  const link = /https?:\/\/[^"\s\\)]+\/a\/[\w.-]+/.exec(body)?.[0] ?? "";
  return post(link, "action=acknowledge", {
    "content-type": "application/x-www-form-urlencoded",
    accept: "application/json",
  });
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<Told> {
  const response = await fetch(url, { method: "POST", body, headers });
  const { pathname } = new URL(url);
  const text = await response.text();
  return { request: `POST ${pathname}\n${body}`, answer: `${response.status} ${text}` };
}
