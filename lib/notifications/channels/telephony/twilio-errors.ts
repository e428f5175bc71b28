import type { Fault } from "#lib/notifications/channels/telephony/ask-carrier";

// Twilio's error and warning dictionary (twilio.com/docs/api/errors), of those that sending a text or call can meet.
const ERRORS: Record<string, { fault: Fault; means: string }> = {
  "13224": { fault: "number", means: "the number is not valid" },
  "13225": { fault: "provider", means: "the account may not call that country" },
  "13227": { fault: "provider", means: "the account may not call that country" },
  "20003": { fault: "provider", means: "the account's credentials are wrong" },
  "20005": { fault: "provider", means: "the account is not active" },
  "20404": { fault: "provider", means: "the account does not exist" },
  "20429": { fault: "later", means: "too many requests" },
  "20500": { fault: "later", means: "an error at Twilio" },
  "20503": { fault: "later", means: "Twilio is not available" },
  "21210": { fault: "provider", means: "the caller's number is not verified" },
  "21211": { fault: "number", means: "the number is not valid" },
  "21212": { fault: "provider", means: "the sender's number is not valid" },
  "21214": { fault: "number", means: "the number can't be reached" },
  "21215": { fault: "provider", means: "the account may not call that country" },
  "21217": { fault: "number", means: "the number is not valid" },
  "21219": { fault: "provider", means: "a trial account may only reach verified numbers" },
  "21220": { fault: "message", means: "the call is over" },
  "21408": { fault: "provider", means: "the account may not text that country" },
  "21606": { fault: "provider", means: "the sender's number can't send texts" },
  "21608": { fault: "provider", means: "a trial account may only reach verified numbers" },
  "21610": { fault: "number", means: "the person answered STOP" },
  "21611": { fault: "later", means: "the sender's queue is full" },
  "21612": { fault: "provider", means: "no route from the sender to that number" },
  "21614": { fault: "number", means: "the number can't receive texts" },
  "21617": { fault: "message", means: "the text is too long" },
  "30001": { fault: "later", means: "the queue is full" },
  "30002": { fault: "provider", means: "the account is suspended" },
  "30003": { fault: "later", means: "the phone is off or out of reach" },
  "30004": { fault: "provider", means: "the message was blocked" },
  "30005": { fault: "number", means: "the number does not exist any more" },
  "30006": { fault: "number", means: "a landline, or a carrier that can't be reached" },
  "30007": { fault: "provider", means: "the carrier filtered it as spam" },
  "30008": { fault: "later", means: "an error that the carrier does not explain" },
  "30022": { fault: "later", means: "too many messages a second" },
  "30032": { fault: "provider", means: "the sender's toll-free number is not verified" },
  "30034": { fault: "provider", means: "the sender is not registered (A2P 10DLC)" },
};

/** What an error code of Twilio means for the page; null: we don't know it. */
export function twilioFault(
  code: number | string | null | undefined,
): { fault: Fault; detail: string } | null {
  if (code === null || code === undefined) return null;
  const known = ERRORS[String(code)];
  return known ? { fault: known.fault, detail: `error ${code}: ${known.means}` } : null;
}
