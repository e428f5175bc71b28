import type { Fault } from "#lib/notifications/channels/telephony/ask-carrier";

// Error codes of the Messages API (developer.vonage.com/api-errors/messages), in problem types and status reports alike.
const ERRORS: Record<string, { fault: Fault; means: string }> = {
  "1000": { fault: "later", means: "too many requests" },
  "1010": { fault: "provider", means: "a parameter is missing" },
  "1020": { fault: "provider", means: "a parameter is not valid" },
  "1030": { fault: "later", means: "an error at Vonage" },
  "1040": { fault: "message", means: "the message could not be processed" },
  "1050": { fault: "number", means: "the number is barred" },
  "1060": { fault: "provider", means: "the account is barred" },
  "1070": { fault: "provider", means: "the account's credit is used up" },
  "1080": { fault: "provider", means: "the account may not use this API" },
  "1090": { fault: "message", means: "the message is too long" },
  "1100": { fault: "later", means: "a communication failure at Vonage" },
  "1110": { fault: "provider", means: "the request's signature was refused" },
  "1120": { fault: "provider", means: "the sender is not allowed there" },
  "1140": { fault: "provider", means: "the account may not do this" },
  "1160": { fault: "provider", means: "the account may only reach approved numbers" },
  "1170": { fault: "number", means: "the number is not valid" },
  "1180": { fault: "later", means: "the phone is off or out of reach" },
  "1190": { fault: "number", means: "the number is not in use any more" },
  "1200": { fault: "number", means: "the number changed its carrier and can't be reached" },
  "1210": { fault: "provider", means: "the carrier took it for spam" },
  "1220": { fault: "later", means: "the phone was busy" },
  "1230": { fault: "later", means: "a failure of the network" },
  "1240": { fault: "number", means: "the person answered STOP" },
  "1250": { fault: "provider", means: "no route to that number" },
  "1260": { fault: "provider", means: "the number can't be reached by this route" },
  "1280": { fault: "number", means: "the carrier blocks the number" },
  "1290": { fault: "number", means: "a prepaid number without credit" },
};

/** What an error code of Vonage means for the page; null: we don't know it. */
export function vonageFault(code: string | null | undefined): { fault: Fault; detail: string } | null {
  const known = code ? ERRORS[code] : undefined;
  return known ? { fault: known.fault, detail: `error ${code}: ${known.means}` } : null;
}
