import { escapeHtml, inertLine, inertText } from "#lib/notifications/inert";
import {
  ageSentence,
  answerLabel,
  headline,
  MAX_TITLE,
  nextSentence,
  placeLine,
  rankWord,
  reasonSentence,
} from "#lib/notifications/page-facts";
import type { PageFacts, PageIncident } from "#lib/notifications/page-facts";
import type { Notice } from "#lib/notifications/vocabulary";

export type EmailMessage = { subject: string; text: string; html: string };

const MAX_BODY = 500;

/** The e-mail of a page: a subject to act on, plain text, and HTML without anything that loads or runs. */
export function emailMessage(facts: PageFacts, { canReply = false } = {}): EmailMessage {
  const hint = canReply ? replyHint(facts) : null;
  if (facts.incident) return incidentEmail(facts, facts.incident, hint);
  return facts.notice ? noticeEmail(facts, facts.notice, hint) : testEmail(facts, hint);
}

/** What a reply may begin with; null: there is nothing to answer. */
function replyHint({ incident, bundle, notice, reason }: PageFacts): string | null {
  if (incident && reason !== "requested") {
    return "Or reply to this mail: ack, resolve, escalate, or note and your words.";
  }
  if (bundle.length > 0) return "Or reply to this mail: ack.";
  return incident || notice ? null : "Or reply to this mail: ok.";
}

function incidentEmail(facts: PageFacts, incident: PageIncident, hint: string | null): EmailMessage {
  const title = headline(incident);
  const lines = [
    ageSentence(incident, facts),
    `Why you: ${reasonSentence(facts)}`,
    ...optional(nextSentence(facts), (sentence) => `Next: ${sentence}`),
    ...optional(hint, String),
  ];
  const details = optional(incident.body, (body) => inertText(body, MAX_BODY)).filter((body) => body !== "");
  const text = [
    `[${rankWord(incident)}] ${title}`,
    placeLine(incident),
    "",
    ...lines,
    ...details.flatMap((body) => ["", body]),
    "",
    `${answerLabel(facts)}: ${facts.links.oneTap}`,
    `(opens a page with one button; the link is yours, don't forward it)`,
    `Open the incident: ${facts.links.open}`,
    ...optional(incident.runbookUrl, (url) => `Runbook: ${url}`),
    "",
    `Your notification rules: ${facts.links.settings}`,
    "",
  ].join("\n");
  const html = layout({
    heading: `<span style="${RANK}">${escapeHtml(rankWord(incident))}</span> ${escapeHtml(title)}`,
    place: placeLine(incident),
    lines,
    details,
    button: { href: facts.links.oneTap, label: answerLabel(facts) },
    links: [
      { href: facts.links.open, label: "Open the incident" },
      ...(incident.runbookUrl === null ? [] : [{ href: incident.runbookUrl, label: "Runbook" }]),
    ],
    settings: facts.links.settings,
  });
  return { subject: `[${rankWord(incident)}] ${title}`, text, html };
}

function noticeEmail(facts: PageFacts, { title, lines }: Notice, hint: string | null): EmailMessage {
  const { links } = facts;
  const button = facts.bundle.length > 0 ? answerLabel(facts) : "Open Touchline";
  const heading = inertLine(title, MAX_TITLE);
  const body = [...lines.map((line) => inertLine(line, MAX_BODY)), ...optional(hint, String)];
  const text = [
    heading,
    "",
    ...body,
    "",
    `${button}: ${links.open}`,
    "",
    `Your notification rules: ${links.settings}`,
    "",
  ].join("\n");
  const html = layout({
    heading: escapeHtml(heading),
    place: "Touchline",
    lines: body,
    details: [],
    button: { href: links.open, label: button },
    links: [],
    settings: links.settings,
  });
  return { subject: heading, text, html };
}

function testEmail(facts: PageFacts, hint: string | null): EmailMessage {
  const lines = [
    "This is a test. Nothing is wrong and nobody else was told.",
    "Pages will look like this one.",
    ...optional(hint, String),
  ];
  const text = [
    ...lines,
    "",
    `Tell Touchline that it arrived: ${facts.links.oneTap}`,
    "",
    `Your notification rules: ${facts.links.settings}`,
    "",
  ].join("\n");
  const html = layout({
    heading: "Touchline can reach you by e-mail",
    place: "Test page",
    lines,
    details: [],
    button: { href: facts.links.oneTap, label: "It arrived" },
    links: [{ href: facts.links.open, label: "Your contact methods" }],
    settings: facts.links.settings,
  });
  return { subject: "[TEST] Touchline can reach you by e-mail", text, html };
}

const RANK = "display:inline-block;padding:0 6px;border-radius:4px;background:#c90d23;color:#ffffff";
const BUTTON =
  "display:inline-block;padding:14px 28px;border-radius:8px;background:#2365d1;color:#ffffff;font-weight:600;text-decoration:none";

type Layout = {
  heading: string;
  place: string;
  lines: readonly string[];
  details: readonly string[];
  button: { href: string; label: string };
  links: readonly { href: string; label: string }[];
  settings: string;
};

/** `heading` is HTML already; everything else is escaped here. Colours work on white and, by `color-scheme`, inverted at night. */
function layout({ heading, place, lines, details, button, links, settings }: Layout): string {
  const paragraphs = lines.map((line) => `<p style="margin:0 0 8px">${escapeHtml(line)}</p>`).join("");
  const quotes = details
    .map(
      (body) =>
        `<p style="margin:16px 0;padding:8px 12px;border-left:3px solid #81878d;white-space:pre-wrap">${escapeHtml(body)}</p>`,
    )
    .join("");
  const others = links
    .map(({ href, label }) => `<a href="${escapeHtml(href)}">${escapeHtml(label)}</a>`)
    .join(" &nbsp;·&nbsp; ");
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">` +
    `<meta name="supported-color-schemes" content="light dark"><meta name="viewport" content="width=device-width">` +
    `<style>:root{color-scheme:light dark}</style></head><body style="margin:0;padding:24px;` +
    `font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">` +
    `<table role="presentation" width="100%" style="max-width:600px;margin:0 auto;border-collapse:collapse"><tr><td>` +
    `<h1 style="margin:0 0 4px;font-size:20px;line-height:1.35">${heading}</h1>` +
    `<p style="margin:0 0 16px;opacity:.75">${escapeHtml(place)}</p>${paragraphs}${quotes}` +
    `<p style="margin:24px 0"><a href="${escapeHtml(button.href)}" style="${BUTTON}">${escapeHtml(button.label)}</a></p>` +
    `${others === "" ? "" : `<p style="margin:0 0 24px">${others}</p>`}` +
    `<p style="margin:0;font-size:13px;opacity:.75"><a href="${escapeHtml(settings)}">Your notification rules</a></p>` +
    `</td></tr></table></body></html>`
  );
}

function optional(value: string | null, write: (value: string) => string): string[] {
  return value === null ? [] : [write(value)];
}
