import type { IncidentStatus } from "#lib/incidents/vocabulary";

export const REPLY_ACTIONS = ["acknowledge", "resolve", "escalate"] as const;
export type ReplyAction = (typeof REPLY_ACTIONS)[number];

/** What a digit means, in texts and calls alike. */
export const DIGITS: Record<string, ReplyAction> = { "4": "acknowledge", "6": "resolve", "8": "escalate" };

export type Reply =
  | { kind: "stop" }
  | { kind: "start" }
  | { kind: "help" }
  | { kind: "unknown" }
  /** `number`: the incident it names; null: the one it was sent for. */
  | { kind: "act"; action: ReplyAction; number: number | null };

const STOP = new Set(["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"]);
const START = new Set(["start", "unstop", "yes"]);
const HELP = new Set(["help", "info", "?"]);
const WORDS: Record<string, ReplyAction> = {
  ...DIGITS,
  a: "acknowledge",
  ack: "acknowledge",
  acknowledge: "acknowledge",
  r: "resolve",
  res: "resolve",
  resolve: "resolve",
  e: "escalate",
  esc: "escalate",
  escalate: "escalate",
};

/** What somebody texted back: `4`, `4 1042`, `ack #1042`, STOP, START, HELP. Anything else is unknown: it never acts. */
export function parseReply(text: string): Reply {
  const said = text.trim().toLowerCase();
  if (STOP.has(said)) return { kind: "stop" };
  if (START.has(said)) return { kind: "start" };
  if (HELP.has(said)) return { kind: "help" };
  const match = /^([a-z]+|[468])(?:[ ,:]*#?(\d{1,9}))? *[.!]?$/.exec(said);
  const action = match?.[1] === undefined ? undefined : WORDS[match[1]];
  if (!match || action === undefined) return { kind: "unknown" };
  // `41042` could mean anything: a number must stand apart from the digit.
  if (match[2] !== undefined && /^\d+$/.test(said)) return { kind: "unknown" };
  return { kind: "act", action, number: match[2] === undefined ? null : Number(match[2]) };
}

export type TextedIncident = { id: string; number: number; status: IncidentStatus };

/** One text that we sent to the number. Without incidents it was a test or a notice. */
export type SentText = {
  deliveryId: string;
  sentAt: Date;
  /** Whether this person answered it already. */
  answered: boolean;
  isTest: boolean;
  /** It asked them to join: 4 joins, 6 declines. */
  isRequest: boolean;
  incidents: readonly TextedIncident[];
};

export type ReplyTarget =
  | { kind: "incidents"; text: SentText; incidents: readonly TextedIncident[] }
  | { kind: "test"; text: SentText }
  | { kind: "ask"; numbers: number[] }
  | { kind: "not_texted"; number: number }
  | { kind: "nothing" };

/** For so long after it was sent can a text be answered. */
export const ANSWERABLE_MS = 24 * 3_600_000;
/** So recently sent, another text may be the one that is meant even if nothing is left to do about it. */
const RECENT_MS = 10 * 60_000;

/**
 * Which incidents a reply is about: those of the newest text to that number, unless another text could be meant as well; then it
 * is asked back, and nothing is done. With a number: that incident, if it was texted there. `texts` are what was sent to the number in
 * the last 24 hours, newest first.
 */
export function targetOf(number: number | null, texts: readonly SentText[], now: Date): ReplyTarget {
  if (number !== null) return namedTarget(number, texts);
  const [newest] = texts;
  if (!newest) return { kind: "nothing" };
  const meant = new Set(newest.incidents.map(({ id }) => id));
  const others = texts.slice(1).filter((text) => couldBeMeant(text, now));
  const rivals = others.flatMap(({ incidents }) => incidents).filter(({ id }) => !meant.has(id));
  if (rivals.length > 0) {
    const numbers = [...newest.incidents, ...rivals].map((incident) => incident.number);
    return { kind: "ask", numbers: [...new Set(numbers)] };
  }
  if (newest.incidents.length > 0) return { kind: "incidents", text: newest, incidents: newest.incidents };
  return newest.isTest ? { kind: "test", text: newest } : { kind: "nothing" };
}

function namedTarget(number: number, texts: readonly SentText[]): ReplyTarget {
  for (const text of texts) {
    const incident = text.incidents.find((one) => one.number === number);
    if (incident) return { kind: "incidents", text, incidents: [incident] };
  }
  return { kind: "not_texted", number };
}

function couldBeMeant(text: SentText, now: Date): boolean {
  if (text.answered) return false;
  if (now.getTime() - text.sentAt.getTime() < RECENT_MS) return true;
  return text.incidents.some(({ status }) => status === "triggered");
}

const MOST_NAMED = 4;
const DIGIT_OF: Record<ReplyAction, string> = { acknowledge: "4", resolve: "6", escalate: "8" };

/** The question back: `#1042 or #1040? Reply 4 1042`. */
export function questionOf(action: ReplyAction, numbers: readonly number[]): string {
  const named = numbers.slice(0, MOST_NAMED).map((number) => `#${number}`);
  const list =
    named.length < 2 ? named.join("") : `${named.slice(0, -1).join(", ")} or ${named.at(-1) ?? ""}`;
  const more = numbers.length > MOST_NAMED ? ` (${numbers.length - MOST_NAMED} more)` : "";
  return `Nothing done. Which one: ${list}${more}? Reply ${DIGIT_OF[action]} ${numbers[0] ?? ""}`;
}

export const REPLY_TEXTS = {
  help: "Touchline pages. Reply 4 to acknowledge, 6 to resolve, 8 to escalate; with several: 4 1042. STOP ends texts, START resumes them.",
  unknown:
    "Not understood, nothing done. Reply 4 to acknowledge, 6 to resolve, 8 to escalate, or 4 1042 to name one.",
  nothing:
    "There is nothing here to answer: no incident was texted to you in the last 24 hours. Nothing done.",
  stopped: "You get no more texts from Touchline at this number. Reply START to resume.",
  started: "You get texts from Touchline at this number again.",
  test: "Thank you: the test arrived.",
} as const;

const DID: Record<ReplyAction, string> = {
  acknowledge: "Acked",
  resolve: "Resolved",
  escalate: "Escalated",
};

/** What became of it, per incident: `Acked #1042.`. */
export function doneText(
  action: ReplyAction,
  number: number,
  refusal: string | null,
  isRequest = false,
): string {
  if (refusal !== null) return `#${number}: ${refusal}`;
  if (isRequest) return action === "acknowledge" ? `Joined #${number}.` : `Declined #${number}.`;
  return `${DID[action]} #${number}.`;
}
