import { createHmac, timingSafeEqual } from "node:crypto";
import { failureByFault } from "#lib/notifications/channels/telephony/ask-carrier";
import type { Answerer, Hooks, StatusEvent } from "#lib/notifications/channels/telephony/hooks";
import { twilioFault } from "#lib/notifications/channels/telephony/twilio-errors";
import type { TwilioSecret } from "#lib/notifications/channels/provider-config";
import { escapeHtml } from "#lib/notifications/inert";
import type { VoiceTurn } from "#lib/notifications/voice-script";

/** How long a call waits for a key once everything was said. */
const KEY_S = 6;

/** What Twilio posts to us, and TwiML for it. */
export function twilioHooks({ authToken }: TwilioSecret): Hooks {
  return {
    isGenuine: ({ url, body, headers }) =>
      isEqual(headers.get("x-twilio-signature") ?? "", signTwilio(url, body, authToken)),
    readStatus: (request) => {
      const form = new URLSearchParams(request.body);
      return form.has("CallSid") ? callStatus(form) : messageStatus(form);
    },
    readCall: ({ body }) => {
      const form = new URLSearchParams(body);
      const answeredBy = form.get("AnsweredBy");
      return {
        externalId: form.get("CallSid"),
        digits: form.get("Digits") || null,
        answerer: answererOf(answeredBy),
      };
    },
    readText: ({ body }) => {
      const form = new URLSearchParams(body);
      const externalId = form.get("MessageSid");
      const from = form.get("From");
      if (!externalId || !from) return null;
      return {
        externalId,
        from,
        text: form.get("Body") ?? "",
        isAnsweredByProvider: form.has("OptOutType"),
      };
    },
    speak: (turn, keyUrl) => twiml(sayTwiml(turn, keyUrl)),
    answerText: (text) => twiml(text === null ? "" : `<Message>${escapeHtml(text)}</Message>`),
  };
}

/**
 * Twilio's signature of a request (twilio.com/docs/usage/security): HMAC-SHA1, keyed with the auth token, over the address it posted to
 * followed by each form field's name and value in the order of the names; base64.
 */
export function signTwilio(url: string, body: string, authToken: string): string {
  const form = new URLSearchParams(body);
  const names = [...new Set(form.keys())].toSorted();
  const fields = names.flatMap((name) =>
    [...new Set(form.getAll(name))].toSorted().map((value) => name + value),
  );
  return createHmac("sha1", authToken)
    .update(url + fields.join(""))
    .digest("base64");
}

function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function messageStatus(form: URLSearchParams): StatusEvent | null {
  const externalId = form.get("MessageSid") ?? form.get("SmsSid");
  const status = form.get("MessageStatus") ?? form.get("SmsStatus");
  if (status === null) return null;
  if (status === "delivered" || status === "read") {
    return { externalId, report: { kind: "delivered", detail: "Delivered to the phone." } };
  }
  if (status !== "undelivered" && status !== "failed") return { externalId, report: { kind: "under_way" } };
  const code = form.get("ErrorCode");
  const report = failureByFault(twilioFault(code), code === null ? "no reason was given" : `error ${code}`);
  return { externalId, report };
}

const CALL_FAILURES: Record<string, string> = {
  busy: "Busy.",
  "no-answer": "Nobody answered.",
  canceled: "The call was ended before anybody answered.",
  failed: "The call could not be put through.",
  // Whoever was known to be a person, or pressed a key, was recorded when it happened: then this changes nothing.
  completed: "Answered, but no key was pressed: perhaps not by a person.",
};

function callStatus(form: URLSearchParams): StatusEvent {
  const externalId = form.get("CallSid");
  const detail = CALL_FAILURES[form.get("CallStatus") ?? ""];
  if (detail === undefined) return { externalId, report: { kind: "under_way" } };
  return { externalId, report: { kind: "failed", retry: true, invalidDestination: false, detail } };
}

function answererOf(answeredBy: string | null): Answerer {
  if (answeredBy === "human") return "human";
  return answeredBy?.startsWith("machine") || answeredBy === "fax" ? "machine" : "unknown";
}

function sayTwiml({ says }: VoiceTurn, keyUrl: string | null): string {
  const words = says.map((sentence) => `<Say>${escapeHtml(sentence)}</Say>`).join("");
  if (keyUrl === null) return `${words}<Hangup/>`;
  // With an empty finishOnKey, star is a key like any other.
  return `<Gather numDigits="1" timeout="${KEY_S}" finishOnKey="" actionOnEmptyResult="true" method="POST" action="${escapeHtml(keyUrl)}">${words}</Gather>`;
}

function twiml(content: string): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8"?><Response>${content}</Response>`, {
    headers: { "content-type": "text/xml; charset=utf-8", "cache-control": "no-store" },
  });
}
