import type { Urgency } from "#lib/incidents/vocabulary";
import { countdownText } from "#lib/notifications/clock-text";
import { inertLine } from "#lib/notifications/inert";
import { answerLabel, rankWord, reasonSentence } from "#lib/notifications/page-facts";
import type { PageFacts } from "#lib/notifications/page-facts";

/** What the service worker (public/sw.js) is sent; it shows it as it is. */
export type PushMessage = {
  title: string;
  body: string;
  /** Notifications with the same tag replace each other. */
  tag: string;
  urgency: Urgency;
  requireInteraction: boolean;
  /** Epoch milliseconds of the incident. */
  timestamp: number;
  actions: { action: "acknowledge" | "open"; title: string }[];
  openPath: string;
  oneTapPath: string;
};

/** The push of a page. The title alone is enough to decide: push shows two lines, and often only one. */
export function pushMessage(facts: PageFacts): PushMessage {
  const { incident, links, at } = facts;
  // Where there are no buttons (iOS) the tap opens the incident, and its Acknowledge is the second.
  const openPath = incident ? `/i/${incident.number}?from=push` : pathOf(links.open);
  const paths = { openPath, oneTapPath: pathOf(links.oneTap) };
  if (!incident && facts.notice) {
    return {
      title: inertLine(facts.notice.title, 100),
      body: facts.notice.lines.map((line) => inertLine(line, 200)).join("\n"),
      tag: `notice-${facts.pageId}`,
      urgency: facts.urgency,
      requireInteraction: facts.bundle.length > 0 && facts.urgency === "high",
      timestamp: at.getTime(),
      actions: [
        ...(facts.bundle.length > 0 ? [{ action: "acknowledge" as const, title: answerLabel(facts) }] : []),
        { action: "open", title: "Open" },
      ],
      ...paths,
    };
  }
  if (!incident) {
    return {
      title: "Test: Touchline can reach this browser",
      body: "Nothing is wrong and nobody else was told.",
      tag: `test-${facts.deliveryId}`,
      urgency: "high",
      requireInteraction: false,
      timestamp: at.getTime(),
      actions: [{ action: "open", title: "It arrived" }],
      ...paths,
    };
  }
  const next = facts.nextConsequence;
  const consequence = next
    ? `Escalates to ${inertLine(next.to, 60)} in ${countdownText(next.at.getTime() - at.getTime())}`
    : reasonSentence(facts);
  return {
    title: `${rankWord(incident)} · ${inertLine(incident.serviceName, 60)} · #${incident.number}`,
    body: `${inertLine(incident.title, 200)}\n${consequence}`,
    tag: `incident-${incident.number}`,
    urgency: incident.urgency,
    requireInteraction: incident.urgency === "high",
    timestamp: incident.createdAt.getTime(),
    ...(facts.reason === "requested"
      ? // Joining is a page with two answers, not one button.
        { actions: [{ action: "open", title: answerLabel(facts) }], ...paths, openPath: paths.oneTapPath }
      : {
          actions: [
            { action: "acknowledge", title: answerLabel(facts) },
            { action: "open", title: "Open" },
          ],
          ...paths,
        }),
  };
}

/** The worker calls its own origin, whatever address the deployment is configured with. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}
