import { createServer } from "node:http";
import { isIPv4 } from "node:net";
import { signTwilio } from "#lib/notifications/channels/telephony/twilio-hooks";

export const TWILIO = {
  accountSid: "AC00000000000000000000000000000001",
  authToken: "the auth token of the double",
  from: "+15005550006",
};

type Refusal = { status: number; code?: number; message?: string };

export type TwilioRequest = {
  sid: string;
  resource: "Messages" | "Calls";
  authorization: string;
  form: URLSearchParams;
};

export type TwilioDouble = Awaited<ReturnType<typeof startTwilio>>;

/**
 * Speaks Twilio's side: takes texts and calls, refuses what it is told to, and calls back signed, as the real one does. `tell` gets each
 * line of the conversation.
 */
export async function startTwilio(tell: (line: string) => void = () => undefined) {
  const requests: TwilioRequest[] = [];
  const refusals: Refusal[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const answer = take(incoming.url ?? "", incoming.headers.authorization ?? "", form);
      outgoing.writeHead(answer.status, { "content-type": "application/json" });
      outgoing.end(JSON.stringify(answer.body));
    });
  });
  const take = (path: string, authorization: string, form: URLSearchParams) => {
    const resource = /\/Accounts\/[^/]+\/(Messages|Calls)\.json$/.exec(path)?.[1];
    tell(`→ POST ${path} ${describe(form)}`);
    const [refusal] = refusals.splice(0, 1);
    const user = Buffer.from(authorization.replace(/^Basic /, ""), "base64").toString();
    const denied =
      user !== `${TWILIO.accountSid}:${TWILIO.authToken}` ? { status: 401, code: 20003 } : refusal;
    if (denied || (resource !== "Messages" && resource !== "Calls")) {
      const { status, code, message = "refused" } = denied ?? { status: 404, code: 20404 };
      tell(`← ${status} ${JSON.stringify({ code, message })}`);
      return { status, body: { code, message, status } };
    }
    const prefix = resource === "Messages" ? "SM" : "CA";
    const sid = `${prefix}${String(requests.length + 1).padStart(32, "0")}`;
    requests.push({ sid, resource, authorization, form });
    tell(`← 201 {"sid":"${sid}","status":"queued"}`);
    return { status: 201, body: { sid, status: "queued" } };
  };
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string" || !isIPv4(address.address))
    throw new Error("No port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    /** The next request is answered so, and not taken. */
    refuseNext: (...answers: Refusal[]) => refusals.push(...answers),
    ...callsBack(requests, tell),
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function describe(form: URLSearchParams): string {
  return [...form].map(([name, value]) => `${name}=${value}`).join(" ");
}

function callsBack(requests: readonly TwilioRequest[], tell: (line: string) => void) {
  const post = async (url: string, fields: Record<string, string>, authToken = TWILIO.authToken) => {
    const body = new URLSearchParams(fields).toString();
    tell(
      `← POST ${new URL(url).pathname.replace(/[^/]{40,}/, "…")} ${describe(new URLSearchParams(fields))}`,
    );
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": signTwilio(url, body, authToken),
      },
      body,
    });
    const text = await response.text();
    tell(`→ ${response.status} ${text.replaceAll(/action="[^"]+"/g, 'action="…"')}`);
    return { status: response.status, body: text };
  };
  const field = (sid: string, name: string) =>
    requests.find((request) => request.sid === sid)?.form.get(name) ?? "";
  return {
    post,
    /** Reports a text's status. */
    reportText: (sid: string, status: string, errorCode?: string) =>
      post(field(sid, "StatusCallback"), {
        MessageSid: sid,
        MessageStatus: status,
        ...(errorCode === undefined ? {} : { ErrorCode: errorCode }),
      }),
    /** Reports a call's status. */
    reportCall: (sid: string, status: string) =>
      post(field(sid, "StatusCallback"), { CallSid: sid, CallStatus: status }),
    /** Somebody or something picks up; gives the TwiML. */
    answer: (sid: string, answeredBy?: string) =>
      post(field(sid, "Url"), {
        CallSid: sid,
        CallStatus: "in-progress",
        ...(answeredBy === undefined ? {} : { AnsweredBy: answeredBy }),
      }),
    /** A key is pressed, or none (an empty one), where the TwiML waits for it. */
    press: (sid: string, twiml: string, digits: string) => {
      const action = /action="([^"]+)"/.exec(twiml)?.[1]?.replaceAll("&amp;", "&");
      if (action === undefined) throw new Error(`It waits for no key: ${twiml}`);
      return post(action, { CallSid: sid, Digits: digits });
    },
    /** Somebody writes a text to our number. */
    text: (url: string, from: string, words: string, sid: string) =>
      post(url, { MessageSid: sid, From: from, To: TWILIO.from, Body: words }),
  };
}
