import type { Urgency } from "#lib/incidents/vocabulary";
import { inertLine } from "#lib/notifications/inert";
import { MAX_TITLE } from "#lib/notifications/page-facts";
import type { ReplyAction } from "#lib/notifications/sms-reply";
import type { Notice } from "#lib/notifications/vocabulary";

export type SpokenIncident = {
  number: number;
  serviceName: string;
  urgency: Urgency;
  priority: string | null;
  title: string;
  detailsWithheld: boolean;
};

/** What a call says, and whether it waits for a key afterwards. */
export type VoiceTurn = { says: string[]; waitsForKey: boolean };

/** After the first time the menu is said so often again while nobody presses a key. */
export const REPEATS = 2;
const READ_IN_FULL = 3;

/** The menu: service first, then urgency, then what happened, so that a person who wakes up knows first whose it is. */
export function menuOf(incidents: readonly SpokenIncident[]): VoiceTurn {
  const [only] = incidents;
  if (incidents.length === 1 && only) {
    return {
      says: [spoken(only), "Press 4 to acknowledge. 6 to resolve. 8 to escalate. 0 to hear it again."],
      waitsForKey: true,
    };
  }
  const rest = incidents.length - READ_IN_FULL;
  return {
    says: [
      `You have ${incidents.length} incidents.`,
      ...incidents.slice(0, READ_IN_FULL).map(spoken),
      ...(rest > 0 ? [`And ${rest} more.`] : []),
      "Press 4 to acknowledge all. 6 to resolve all. 8 to escalate all. 0 to hear it again.",
    ],
    waitsForKey: true,
  };
}

/** `checkout-api. High urgency, P1. Checkout 5xx above 4 %. Incident 1 0 4 2.` */
function spoken(incident: SpokenIncident): string {
  const rank = [`${incident.urgency === "high" ? "High" : "Low"} urgency`, incident.priority];
  const what = incident.detailsWithheld ? "Details are withheld" : plainSpeech(incident.title, MAX_TITLE);
  const parts = [plainSpeech(incident.serviceName, 60), rank.filter(Boolean).join(", "), what];
  return [...parts, `Incident ${spokenNumber(incident.number)}`].map((part) => `${part}.`).join(" ");
}

/** Somebody is asked to join: what for, and where. */
export function requestTurn(asked: Notice | null, incident: SpokenIncident): VoiceTurn {
  const lines =
    asked && !incident.detailsWithheld ? [asked.title, ...asked.lines] : ["You are asked to join"];
  return {
    says: [
      ...lines.map((line) => `${plainSpeech(line, MAX_TITLE)}.`),
      spoken(incident),
      "Press 4 to join. 6 to decline. 0 to hear it again.",
    ],
    waitsForKey: true,
  };
}

/** What an answering machine is left: short, and without what happened. */
export function voicemailOf(incidents: readonly SpokenIncident[]): VoiceTurn {
  const [first] = incidents;
  const about = first ? ` about ${plainSpeech(first.serviceName, 60)}` : "";
  return {
    says: [`Touchline tried to page you${about}. Nobody has acknowledged it. Please open Touchline.`],
    waitsForKey: false,
  };
}

export function noticeTurn(notice: Notice): VoiceTurn {
  const says = [notice.title, ...notice.lines].map((line) => plainSpeech(line, MAX_TITLE));
  return { says: ["This is Touchline.", ...says, "Press 0 to hear it again."], waitsForKey: true };
}

export function testTurn(): VoiceTurn {
  return {
    says: ["This is a test call from Touchline. Nothing is wrong. Press 4 to say that it arrived."],
    waitsForKey: true,
  };
}

/** The last words of a call. */
export function farewell(...says: string[]): VoiceTurn {
  return { says: [...says, "Good bye."], waitsForKey: false };
}

/** Text from outside as it can be read aloud: no markup, no addresses. */
export function plainSpeech(text: string, max: number): string {
  const bare = text
    .replace(/<[^>]{0,200}>/g, " ")
    .replace(/https?:\/\/\S+/gi, " a link ")
    .replace(/[*_`~#|<>{}[\]\\^]+/g, " ")
    .replace(/\s+/g, " ");
  return inertLine(bare, max).replace(/[.\s]+$/, "");
}

const DONE_WORDS: Record<ReplyAction, string> = {
  acknowledge: "Acknowledged",
  resolve: "Resolved",
  escalate: "Escalated",
};

/** Says what a key did, incident by incident, refusals too. */
export function actedTurn(
  action: ReplyAction,
  results: readonly { number: number; refused: string | null }[],
  isRequest = false,
): VoiceTurn {
  const done = results.filter(({ refused }) => refused === null);
  const refused = results.flatMap(({ number, refused: because }) =>
    because === null ? [] : [`Incident ${spokenNumber(number)}: ${because}`],
  );
  const all =
    done.length === 1 ? `incident ${spokenNumber(done[0]?.number ?? 0)}` : `${done.length} incidents`;
  const did = isRequest ? REQUEST_WORDS[action] : DONE_WORDS[action];
  return farewell(...(done.length === 0 ? [] : [`${did} ${all}.`]), ...refused);
}

const REQUEST_WORDS: Record<ReplyAction, string> = {
  acknowledge: "You joined",
  resolve: "You declined",
  escalate: "Nothing was done about",
};

/** Digit by digit: a voice makes "one thousand and forty-two" of 1042. */
function spokenNumber(number: number): string {
  return String(number).split("").join(" ");
}
