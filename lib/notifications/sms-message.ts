import { cutGsm, gsmText, isIllegible, placesOf, TEXT_PLACES } from "#lib/notifications/gsm-text";
import { inertLine } from "#lib/notifications/inert";
import { MAX_TITLE, reasonSentence } from "#lib/notifications/page-facts";
import type { PageFacts, PageIncident } from "#lib/notifications/page-facts";

const CODES = "Ack=4 Esc=8 Res=6";
const REQUEST_CODES = "Join=4 Decline=6";
const BUNDLE_CODES = "All: Ack=4 Esc=8 Res=6";
const MAX_SERVICE = 30;
/** A longer link would leave no room for what it is about. */
const MAX_LINK = 90;
const WITHHELD = "(details withheld)";

/**
 * A page as one text: `[P1 HIGH] #1042 checkout-api: Checkout 5xx.. Ack=4 Esc=8 Res=6 https://…`. Never more than 160 places of the
 * GSM alphabet, so that it arrives whole. `link` is left out where it would not leave room; the codes work without it.
 */
export function smsMessage(facts: PageFacts, link: string): string {
  const { incident, notice, bundle } = facts;
  if (bundle.length > 0) return bundleMessage(facts, link);
  if (notice) return fit([noticeHead(incident)], [notice.title, ...notice.lines].join(" "), [link]);
  if (!incident)
    return fit(["Test:"], "Touchline can reach you here. Reply 4 to say that it arrived.", [link]);
  if (facts.reason === "requested") {
    const asked = incident.detailsWithheld ? "You are asked to join." : reasonSentence(facts);
    return fit([rankOf(incident), placeOf(incident)], asked, [REQUEST_CODES, link]);
  }
  const codes = incident.status === "triggered" ? CODES : "";
  return fit([rankOf(incident), placeOf(incident)], titleOf(incident), [codes, link]);
}

/** `[HIGH] 3 incidents: #1042 checkout-api, #1043 search..  Ack all=4 Esc=8 Res=6 https://…`. */
function bundleMessage({ bundle, urgency }: PageFacts, link: string): string {
  const names = bundle.map(({ number, serviceName }) => `#${number} ${inertLine(serviceName, MAX_SERVICE)}`);
  const head = [`[${urgency.toUpperCase()}]`, `${bundle.length} incidents:`];
  return fit(head, names.join(", "), [BUNDLE_CODES, link]);
}

/** `[P1 HIGH]`. */
function rankOf({ priority, urgency }: PageIncident): string {
  return `[${[priority, urgency.toUpperCase()].filter(Boolean).join(" ")}]`;
}

function placeOf({ number, serviceName }: PageIncident): string {
  return `#${number} ${cutGsm(gsmText(inertLine(serviceName, 200)), MAX_SERVICE)}:`;
}

function titleOf({ title, detailsWithheld }: PageIncident): string {
  if (detailsWithheld) return WITHHELD;
  const line = inertLine(title, MAX_TITLE);
  return isIllegible(line) ? "(see the link)" : line;
}

function noticeHead(incident: PageIncident | null): string {
  return incident === null ? "Touchline:" : `#${incident.number}`;
}

/** The middle gives way: what comes before and after it is never cut. */
function fit(before: readonly string[], middle: string, after: readonly string[]): string {
  const tail = after.filter((part) => part !== "" && placesOf(gsmText(part)) <= MAX_LINK);
  const head = gsmText(before.join(" "));
  const end = gsmText(tail.join(" "));
  const room = TEXT_PLACES - placesOf(head) - placesOf(end) - 2;
  return [head, cutGsm(gsmText(inertLine(middle, 400)), room), end].filter((part) => part !== "").join(" ");
}
