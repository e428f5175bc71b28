import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export type DoubleRequest = {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
};
export type DoubleAnswer = { status: number; headers?: Record<string, string>; body: unknown };

/** What the double knows each provider by. */
export const CHAT_SECRETS = {
  slackToken: "xoxb-double",
  slackSigning: "slack-signing-secret",
  slackTeam: "T0DOUBLE",
  telegramToken: "12345:double",
  telegramWebhook: "telegram-webhook-secret",
  pushoverToken: "pushover-app-token",
} as const;

/**
 * Slack, Telegram, Pushover, Discord, Teams, Mattermost, Google Chat and ntfy in one server on a real socket, as far as paging needs
 * them: it checks what they check, answers as they answer, and keeps the conversation. `answerNext` puts something else in the way
 * of the next request.
 */
export async function startChatDouble() {
  const conversation: { request: DoubleRequest; answer: DoubleAnswer }[] = [];
  const instead: DoubleAnswer[] = [];
  const server = createServer((request, response) => {
    void read(request).then((asked) => {
      const answer = instead.shift() ?? answerOf(asked, conversation.length);
      conversation.push({ request: asked, answer });
      const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
      response.writeHead(answer.status, answer.headers ?? {}).end(text);
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    conversation,
    /** The requests to paths that contain `part`, with their bodies read as JSON or form fields. */
    sent: (part: string) =>
      conversation.filter(({ request }) => request.path.includes(part)).map(({ request }) => bodyOf(request)),
    answerNext: (...answers: DoubleAnswer[]) => void instead.push(...answers),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
export type ChatDouble = Awaited<ReturnType<typeof startChatDouble>>;

async function read(request: IncomingMessage): Promise<DoubleRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    headers: request.headers,
    body: Buffer.concat(chunks).toString(),
  };
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies of many shapes
type Body = Record<string, any>;

function bodyOf({ headers, body }: DoubleRequest): Body {
  const isForm = headers["content-type"]?.includes("urlencoded") ?? false;
  return isForm ? Object.fromEntries(new URLSearchParams(body)) : (JSON.parse(body || "{}") as Body);
}

function answerOf(request: DoubleRequest, count: number): DoubleAnswer {
  const [, provider = ""] = request.path.split("/");
  return PROVIDERS[provider]?.(request, count) ?? { status: 404, body: "not found" };
}

const PROVIDERS: Record<string, (request: DoubleRequest, count: number) => DoubleAnswer> = {
  slack(request, count) {
    if (request.headers.authorization !== `Bearer ${CHAT_SECRETS.slackToken}`) {
      return { status: 200, body: { ok: false, error: "invalid_auth" } };
    }
    const body = bodyOf(request);
    const method = request.path.slice("/slack/".length).split("?")[0] ?? "";
    if (method === "auth.test") {
      const about = {
        team_id: CHAT_SECRETS.slackTeam,
        team: "Example",
        user: "touchline",
        bot_id: "B0DOUBLE",
      };
      return { status: 200, body: { ok: true, ...about } };
    }
    if (method === "users.lookupByEmail") {
      const known = String(body.email ?? "").endsWith("@example.com");
      return {
        status: 200,
        body: known ? { ok: true, user: { id: "U0MAYA" } } : { ok: false, error: "users_not_found" },
      };
    }
    if (method === "chat.postMessage") {
      const channel = String(body.channel).replace(/^U/, "D");
      return { status: 200, body: { ok: true, channel, ts: `1700000000.00000${count}` } };
    }
    return { status: 200, body: { ok: true, channel: body.channel, ts: body.ts } };
  },
  telegram(request, count) {
    const [, , bot, method] = request.path.split("/");
    if (bot !== `bot${CHAT_SECRETS.telegramToken}`) {
      return { status: 401, body: { ok: false, error_code: 401, description: "Unauthorized" } };
    }
    if (method === "getMe") return { status: 200, body: { ok: true, result: { username: "touchline_bot" } } };
    if (method === "setWebhook") return { status: 200, body: { ok: true, result: true } };
    return { status: 200, body: { ok: true, result: { message_id: 100 + count } } };
  },
  pushover(request, count) {
    if (bodyOf(request).token !== CHAT_SECRETS.pushoverToken) {
      return { status: 400, body: { status: 0, token: "invalid", errors: ["application token is invalid"] } };
    }
    const receipt = bodyOf(request).priority === "2" ? { receipt: `receipt${count}` } : {};
    return { status: 200, body: { status: 1, request: `request${count}`, ...receipt } };
  },
  discord(request, count) {
    const id = request.method === "PATCH" ? (request.path.split("/").pop() ?? "") : `90000${count}`;
    return { status: 200, body: { id } };
  },
  teams: () => ({ status: 202, body: "" }),
  mattermost: () => ({ status: 200, body: "ok" }),
  chat: (_, count) => ({ status: 200, body: { name: `spaces/S/messages/${count}` } }),
  ntfy: (request, count) => ({ status: 200, body: { id: `ntfy${count}`, topic: bodyOf(request).topic } }),
  /** Where Slack takes what only the presser of a button sees. */
  respond: () => ({ status: 200, body: "ok" }),
};
