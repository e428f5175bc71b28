import { z } from "zod";
import type { OutgoingResponse } from "#lib/http/outgoing";
import {
  askCarrier,
  formOf,
  jsonOf,
  judgeByFault,
  judgeByStatus,
} from "#lib/notifications/channels/telephony/ask-carrier";
import type { Carrier, CarrierAnswer } from "#lib/notifications/channels/telephony/carrier";
import { twilioFault } from "#lib/notifications/channels/telephony/twilio-errors";
import { inertLine } from "#lib/notifications/inert";
import type { TwilioSecret, TwilioSettings } from "#lib/notifications/channels/provider-config";

const VERSION = "2010-04-01";
/** How long a phone rings before it counts as not answered: shorter than most mailboxes wait. */
const RING_S = 25;

/** Texts and calls by Twilio's REST API, or one that is compatible with it at another base URL. */
export function twilioCarrier(
  settings: TwilioSettings,
  secret: TwilioSecret,
  options: { allowPrivate: boolean },
): Carrier {
  const user = settings.apiKeySid ?? settings.accountSid;
  const password = settings.apiKeySid ? (secret.apiKeySecret ?? "") : secret.authToken;
  const post = (
    resource: string,
    fields: Parameters<typeof formOf>[0],
    order: { key: string; signal: AbortSignal },
  ) =>
    askCarrier(
      {
        url: `${settings.baseUrl}/${VERSION}/Accounts/${settings.accountSid}/${resource}.json`,
        method: "POST",
        headers: {
          authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
          "content-type": "application/x-www-form-urlencoded",
          "user-agent": "Touchline",
          // Twilio has no such keys for messages and calls; providers that are compatible with it may.
          "idempotency-key": order.key,
        },
        body: formOf(fields),
        signal: order.signal,
        allowPrivate: options.allowPrivate,
      },
      judgeTwilio,
    );
  return {
    sendText: (order) =>
      post(
        "Messages",
        {
          To: order.to,
          Body: order.text,
          ...(settings.messagingServiceSid
            ? { MessagingServiceSid: settings.messagingServiceSid }
            : { From: settings.from }),
          StatusCallback: order.statusUrl ?? undefined,
        },
        order,
      ),
    placeCall: (order) =>
      post(
        "Calls",
        {
          To: order.to,
          From: settings.from,
          Url: order.answerUrl,
          Method: "POST",
          StatusCallback: order.statusUrl,
          StatusCallbackMethod: "POST",
          StatusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
          Timeout: String(RING_S),
          // Waits for the beep, so that the mailbox has the whole message.
          ...(settings.machineDetection ? { MachineDetection: "DetectMessageEnd" } : {}),
        },
        order,
      ),
  };
}

const created = z.object({ sid: z.string().min(1) });
const problem = z.object({ code: z.number().optional(), message: z.string().optional() });

/** What the API's answer means: its error code where it has one we know, else the HTTP status. */
export function judgeTwilio(response: OutgoingResponse): CarrierAnswer {
  const body = jsonOf(response.body);
  if (response.status >= 200 && response.status < 300) {
    const { sid } = created.safeParse(body).data ?? { sid: null };
    return { kind: "accepted", externalId: sid, detail: `HTTP ${response.status}, ${sid ?? "no id"}` };
  }
  const { code, message } = problem.safeParse(body).data ?? {};
  const fault = twilioFault(code);
  if (fault) return judgeByFault(fault);
  const said = message === undefined ? undefined : inertLine(message, 200);
  return judgeByStatus(response, code === undefined ? said : `error ${code}: ${said ?? ""}`);
}
