import { isNews } from "#lib/notifications/vocabulary";
import { inertLine, inertText } from "#lib/notifications/inert";
import {
  ageSentence,
  headline,
  MAX_TITLE,
  nextSentence,
  placeLine,
  rankWord,
  reasonSentence,
} from "#lib/notifications/page-facts";
import type { PageFacts, PageIncident } from "#lib/notifications/page-facts";

export type ContentAction = { kind: "acknowledge" | "confirm" | "open"; label: string; url: string };

/** What a page says, before a medium gives it its looks. Every text is inert, none is escaped for any markup. */
export type PageContent = {
  kind: "incident" | "notice" | "test";
  urgent: boolean;
  title: string;
  lines: string[];
  /** The incident's own words; may have several lines. */
  details: string | null;
  /** Service, team, urgency. */
  place: string | null;
  /** The service's runbook. Its host may be known in one's own network alone, so no medium may depend on it. */
  runbook: string | null;
  actions: ContentAction[];
};

const MAX_DETAILS = 500;
const MAX_LINES = 20;

/** The one wording of a page for the media that show cards: one incident, several, a notice or a test. */
export function pageContent(facts: PageFacts): PageContent {
  if (facts.incident) return incidentContent(facts, facts.incident);
  const { notice, links, bundle } = facts;
  if (notice) {
    const open = { kind: "open" as const, label: "Open Touchline", url: links.open };
    const all = { kind: "acknowledge" as const, label: "Acknowledge all", url: links.oneTap };
    return {
      kind: bundle.length > 0 ? "incident" : "notice",
      urgent: facts.urgency === "high",
      title: inertLine(notice.title, MAX_TITLE),
      lines: notice.lines.slice(0, MAX_LINES).map((line) => inertLine(line, MAX_DETAILS)),
      details: null,
      place: null,
      runbook: null,
      actions: bundle.length > 0 ? [all] : [open],
    };
  }
  return {
    kind: "test",
    urgent: false,
    title: "Test: Touchline can reach you here",
    lines: ["Nothing is wrong and nobody else was told."],
    details: null,
    place: null,
    runbook: null,
    actions: [{ kind: "confirm", label: "It arrived", url: links.oneTap }],
  };
}

function incidentContent(facts: PageFacts, incident: PageIncident): PageContent {
  const details = incident.body === null ? "" : inertText(incident.body, MAX_DETAILS);
  const said = incident.detailsWithheld ? { ...incident, title: "details withheld" } : incident;
  return {
    kind: "incident",
    urgent: facts.urgency === "high",
    title: `[${rankWord(incident)}] ${headline(said)}`,
    lines: [reasonSentence(facts), nextSentence(facts), ageSentence(incident, facts)].flatMap((line) =>
      line === null ? [] : [inertLine(line, MAX_DETAILS)],
    ),
    details: details === "" || incident.detailsWithheld ? null : details,
    place: placeLine(incident),
    runbook: incident.runbookUrl,
    actions: actionsOf(facts, incident),
  };
}

/** News is to be read; a request is answered on the one-tap page; everything else waits for somebody to take it. */
function actionsOf({ reason, links }: PageFacts, incident: PageIncident): ContentAction[] {
  const open = { kind: "open" as const, label: `Open #${incident.number}`, url: links.open };
  if (reason === "requested") return [{ kind: "open", label: "Join or decline", url: links.oneTap }, open];
  if (isNews(reason) || reason === "told" || incident.status !== "triggered") return [open];
  return [{ kind: "acknowledge", label: "Acknowledge", url: links.oneTap }, open];
}
