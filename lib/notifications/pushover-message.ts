import { inertLine, inertText } from "#lib/notifications/inert";
import { pageContent } from "#lib/notifications/page-content";
import type { PageContent } from "#lib/notifications/page-content";
import type { PageFacts } from "#lib/notifications/page-facts";

export type PushoverMessage = {
  title: string;
  message: string;
  url: string;
  url_title: string;
  timestamp: string;
  priority: string;
  /** Priority 2 alone: rings again every `retry` seconds, until somebody acknowledges in the app or `expire` seconds are over. */
  retry?: string;
  expire?: string;
  callback?: string;
};

const RETRY_S = 60;
/** Pushover's own bounds (Message API, "Emergency priority"). */
const MAX_EXPIRE_S = 10_800;
const MIN_EXPIRE_S = 60;
const MAX_MESSAGE = 1024;
const MAX_TITLE = 250;
const MAX_URL = 512;

/**
 * The page as a message of Pushover's API. High urgency rings until somebody acknowledges in the app, which calls `callback`: the
 * acknowledgement is then the incident's too. Plain text: nothing is rendered.
 */
export function pushoverMessage(facts: PageFacts, callback: string): PushoverMessage {
  const content = pageContent(facts);
  const { title, urgent, kind } = content;
  const link =
    facts.links.oneTap.length <= MAX_URL && kind !== "notice" ? facts.links.oneTap : facts.links.open;
  const left = Math.floor((facts.expiresAt.getTime() - facts.at.getTime()) / 1000);
  return {
    title: inertLine(title, MAX_TITLE),
    message: inertText(linesOf(content).join("\n"), MAX_MESSAGE),
    url: link,
    url_title:
      kind === "incident" ? "Acknowledge or escalate" : kind === "test" ? "It arrived" : "Open Touchline",
    timestamp: String(Math.floor(facts.at.getTime() / 1000)),
    ...(urgent && kind === "incident"
      ? {
          priority: "2",
          retry: String(RETRY_S),
          expire: String(Math.min(MAX_EXPIRE_S, Math.max(MIN_EXPIRE_S, left))),
          callback,
        }
      : { priority: urgent ? "1" : kind === "notice" ? "-1" : "0" }),
  };
}

/** The runbook stands before what may be cut off: half an address leads nowhere. */
function linesOf({ lines, runbook, details, place }: PageContent): string[] {
  const optional = [
    runbook === null || runbook.length > MAX_URL ? null : `Runbook: ${runbook}`,
    details,
    place,
  ];
  return [...lines, ...optional.flatMap((line) => (line === null ? [] : [line]))];
}
