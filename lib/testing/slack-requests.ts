import type { Database } from "#db/connect";
import { readNow } from "#lib/context";
import { slackRoute } from "#lib/http/chat/slack-route";
import { signSlack } from "#lib/http/chat/slack-signature";
import { CHAT_SECRETS } from "#lib/testing/chat-double";

/** Sends requests as Slack signs them. */
export function slackRequests(db: Database) {
  return async (
    payload: object,
    { secret = CHAT_SECRETS.slackSigning, ageSeconds = 0 }: { secret?: string; ageSeconds?: number } = {},
  ): Promise<Response> => {
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const timestamp = String(Math.floor((await readNow(db)).getTime() / 1000) - ageSeconds);
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": signSlack(body, timestamp, secret),
    };
    return slackRoute(new Request("http://localhost/api/chat/slack", { method: "POST", body, headers }), db);
  };
}

/** What Slack says when somebody presses a button whose value is that of a delivery or a post. */
export function slackPress(press: {
  action: string;
  value: string;
  user?: string | undefined;
  team?: string | undefined;
  respondTo: string;
}) {
  return {
    type: "block_actions",
    user: { id: press.user ?? "U0MAYA" },
    team: { id: press.team ?? CHAT_SECRETS.slackTeam },
    trigger_id: "trigger",
    response_url: press.respondTo,
    actions: [{ action_id: press.action, value: press.value }],
  };
}

/** What it says when the note's form is sent in. */
export function slackNote(value: string, text: string, user = "U0MAYA") {
  return {
    type: "view_submission",
    user: { id: user },
    team: { id: CHAT_SECRETS.slackTeam },
    view: {
      callback_id: "note",
      private_metadata: value,
      state: { values: { note: { note: { value: text } } } },
    },
  };
}
