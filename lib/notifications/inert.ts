import { singleLine, storableText, truncate } from "#lib/events/storable-text";

// Bidirectional controls can make a text read as another one.
const DIRECTION_CONTROLS = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const BREAKS = /\r\n?|\u2028|\u2029/g;
const CONTROLS = /(?!\n)\p{Cc}/gu;

/** Text from outside as one line of at most `max` characters: no line breaks (headers!), no control or direction characters. */
export function inertLine(text: string, max: number): string {
  return shorten(singleLine(storableText(text).replace(DIRECTION_CONTROLS, "")), max);
}

/** Text from outside that may have lines. */
export function inertText(text: string, max: number): string {
  const clean = storableText(text)
    .replace(DIRECTION_CONTROLS, "")
    .replace(BREAKS, "\n")
    .replace(CONTROLS, " ");
  return shorten(clean.trim(), max);
}

function shorten(text: string, max: number): string {
  const cut = truncate(text, max);
  return cut.length === text.length ? text : `${truncate(text, max - 1).trimEnd()}…`;
}

const HTML: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** For HTML text and quoted attribute values. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => HTML[character] ?? "");
}

/**
 * For Slack's mrkdwn: the three characters that begin its links, mentions and entities (`<!channel>`, `<@U…>`), per its formatting
 * reference. Its bold and code marks stay; they can't do harm.
 */
export function escapeSlack(text: string): string {
  return text.replace(/[&<>]/g, (character) => HTML[character] ?? "");
}

const MARKDOWN = /[\\`*_{}[\]()#+\-.!>|~]/g;

/**
 * For Markdown as chat programs know it: every character that can begin formatting or a link is escaped, addresses are broken up, and
 * every @ is followed by a zero-width space, so that it calls nobody.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(MARKDOWN, (character) => `\\${character}`)
    .replaceAll("://", ":\u200B//")
    .replaceAll("@", "@\u200B");
}

/** A link in Markdown, to an address that is one: nothing in it ends the link. */
export function markdownLink(label: string, url: string): string {
  return `[${escapeMarkdown(label)}](${url.replaceAll("(", "%28").replaceAll(")", "%29")})`;
}
