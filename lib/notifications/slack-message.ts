import { escapeSlack, inertLine, inertText } from "#lib/notifications/inert";
import {
  ageSentence,
  headline,
  nextSentence,
  placeLine,
  rankWord,
  reasonSentence,
} from "#lib/notifications/page-facts";
import type { PageFacts, PageIncident } from "#lib/notifications/page-facts";
import type { Notice } from "#lib/notifications/vocabulary";

type Text = { type: "plain_text" | "mrkdwn"; text: string };
type Block =
  | { type: "header"; text: Text }
  | { type: "section"; text: Text }
  | { type: "context"; elements: Text[] };

export type SlackMessage = { text: string; blocks: Block[]; unfurl_links: false; unfurl_media: false };

const MAX_HEADER = 150;
const MAX_BODY = 500;

/**
 * The page as a Slack incoming-webhook message (Block Kit). Links instead of buttons: a button needs an app that answers its clicks.
 * Nothing from outside can mention or link: it is either plain text or escaped.
 */
export function slackMessage(facts: PageFacts): SlackMessage {
  if (facts.incident) return incidentMessage(facts, facts.incident);
  return facts.notice ? noticeMessage(facts, facts.notice) : testMessage(facts);
}

function incidentMessage(facts: PageFacts, incident: PageIncident): SlackMessage {
  const title = `[${rankWord(incident)}] ${headline(incident)}`;
  const lines = [reasonSentence(facts), nextSentence(facts), ageSentence(incident, facts)];
  const body = incident.body === null ? "" : inertText(incident.body, MAX_BODY);
  return {
    text: escapeSlack(title),
    blocks: [
      { type: "header", text: { type: "plain_text", text: inertLine(title, MAX_HEADER) } },
      section(lines.flatMap((line) => (line === null ? [] : [escapeSlack(line)])).join("\n")),
      ...(body === ""
        ? []
        : [{ type: "section" as const, text: { type: "plain_text" as const, text: body } }]),
      section(
        [
          link(facts.links.oneTap, `Acknowledge as ${facts.person.name}`),
          link(facts.links.open, "Open the incident"),
          ...(incident.runbookUrl === null ? [] : [link(incident.runbookUrl, "Runbook")]),
        ].join("   "),
      ),
      { type: "context", elements: [{ type: "plain_text", text: placeLine(incident) }] },
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

function noticeMessage({ links }: PageFacts, { title, lines }: Notice): SlackMessage {
  const heading = inertLine(title, MAX_HEADER);
  const body = lines.map((line) => escapeSlack(inertLine(line, MAX_BODY)));
  return {
    text: escapeSlack(heading),
    blocks: [
      { type: "header", text: { type: "plain_text", text: heading } },
      ...(body.length === 0 ? [] : [section(body.join("\n"))]),
      section(link(links.open, "Open Touchline")),
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

function testMessage(facts: PageFacts): SlackMessage {
  const text = "Test: Touchline can reach you here. Nothing is wrong and nobody else was told.";
  return {
    text,
    blocks: [section(text), section(link(facts.links.oneTap, "Tell Touchline that it arrived"))],
    unfurl_links: false,
    unfurl_media: false,
  };
}

function section(text: string): Block {
  return { type: "section", text: { type: "mrkdwn", text } };
}

function link(url: string, label: string): string {
  return `*<${escapeSlack(url).replaceAll("|", "%7C")}|${escapeSlack(inertLine(label, 100)).replaceAll("|", "¦")}>*`;
}
