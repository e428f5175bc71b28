import { createPrivateKey } from "node:crypto";
import { SignJWT } from "jose";
import { z } from "zod";
import type { OutgoingResponse } from "#lib/http/outgoing";
import {
  askCarrier,
  jsonOf,
  judgeByFault,
  judgeByStatus,
} from "#lib/notifications/channels/telephony/ask-carrier";
import type { CallOrder, Carrier, CarrierAnswer } from "#lib/notifications/channels/telephony/carrier";
import { vonageFault } from "#lib/notifications/channels/telephony/vonage-errors";
import type { VonageSecret, VonageSettings } from "#lib/notifications/channels/provider-config";
import { inertLine } from "#lib/notifications/inert";

const RING_S = 25;
const TOKEN_S = 120;

/** Texts by Vonage's Messages API (v1), calls by its Voice API (v1). Vonage writes numbers without the plus. */
export function vonageCarrier(
  settings: VonageSettings,
  secret: VonageSecret,
  options: { allowPrivate: boolean },
): Carrier {
  const post = (path: string, authorization: string, body: unknown, signal: AbortSignal) =>
    askCarrier(
      {
        url: `${settings.baseUrl}${path}`,
        method: "POST",
        headers: { authorization, "content-type": "application/json", "user-agent": "Touchline" },
        body: JSON.stringify(body),
        signal,
        allowPrivate: options.allowPrivate,
      },
      judgeVonage,
    );
  const basic = `Basic ${Buffer.from(`${settings.apiKey}:${secret.apiSecret}`).toString("base64")}`;
  return {
    sendText: (order) =>
      post(
        "/v1/messages",
        basic,
        {
          channel: "sms",
          message_type: "text",
          to: bare(order.to),
          from: bare(settings.from),
          text: order.text,
          client_ref: order.key,
          ...(order.statusUrl === null ? {} : { webhook_url: order.statusUrl, webhook_version: "v1" }),
        },
        order.signal,
      ),
    async placeCall(order) {
      const authorization = await bearerOf(settings, secret);
      if (authorization === null) {
        return { kind: "failed", retry: false, detail: "The application's private key can't be read." };
      }
      return post("/v1/calls", authorization, callOf(settings, order), order.signal);
    },
  };
}

function callOf(settings: VonageSettings, order: CallOrder) {
  return {
    to: [{ type: "phone", number: bare(order.to) }],
    from: { type: "phone", number: bare(settings.from) },
    answer_url: [order.answerUrl],
    answer_method: "POST",
    event_url: [order.statusUrl],
    event_method: "POST",
    ringing_timer: RING_S,
    advanced_machine_detection: { behavior: "continue", mode: "detect_beep", beep_timeout: 45 },
  };
}

/** Calls are authorised by a short-lived token that the application's key signs. */
async function bearerOf(
  { applicationId }: VonageSettings,
  { privateKey }: VonageSecret,
): Promise<string | null> {
  try {
    const key = createPrivateKey(privateKey ?? "");
    const now = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({ application_id: applicationId })
      .setProtectedHeader({ alg: "RS256", typ: "JWT" })
      .setJti(crypto.randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + TOKEN_S)
      .sign(key);
    return `Bearer ${token}`;
  } catch {
    return null;
  }
}

function bare(number: string): string {
  return number.replace(/^\+/, "");
}

const created = z.union([
  z.object({ message_uuid: z.string().min(1) }).transform(({ message_uuid: id }) => id),
  z.object({ uuid: z.string().min(1) }).transform(({ uuid }) => uuid),
]);
const problem = z.object({
  type: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
});

/** What the API's answer means: its problem type's code where it is one we know, else the HTTP status. */
export function judgeVonage(response: OutgoingResponse): CarrierAnswer {
  const body = jsonOf(response.body);
  if (response.status >= 200 && response.status < 300) {
    const id = created.safeParse(body).data ?? null;
    return { kind: "accepted", externalId: id, detail: `HTTP ${response.status}, ${id ?? "no id"}` };
  }
  const { type, title, detail } = problem.safeParse(body).data ?? {};
  const fault = vonageFault(/#(\d+)$/.exec(type ?? "")?.[1]);
  if (fault) return judgeByFault(fault);
  const said = inertLine([title, detail].filter(Boolean).join(": "), 200);
  return judgeByStatus(response, said === "" ? undefined : said);
}
