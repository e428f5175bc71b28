import { escapeMarkdown, markdownLink } from "#lib/notifications/inert";
import { pageContent } from "#lib/notifications/page-content";
import type { PageFacts } from "#lib/notifications/page-facts";

type Button = {
  id: string;
  name: string;
  style: "primary" | "default";
  integration: { url: string; context: { token: string; action: string } };
};

type Attachment = {
  fallback: string;
  color: string;
  text: string;
  footer?: string;
  actions?: Button[];
};

export type MattermostMessage = { attachments: [Attachment] };

/**
 * The page as a Mattermost incoming-webhook message. Its buttons are answered by our server (`actionUrl`); what they stand for stays on
 * Mattermost's server, which never shows it to a client. Text from outside is escaped, and every @ broken, so that it calls nobody.
 */
export function mattermostMessage(facts: PageFacts, actionUrl: string): MattermostMessage {
  const { title, lines, details, place, runbook, actions, urgent } = pageContent(facts);
  const links = [...actions, ...(runbook === null ? [] : [{ label: "Runbook", url: runbook }])]
    .map(({ label, url }) => markdownLink(label, url))
    .join("   ");
  const buttons = actions.flatMap(({ kind, label, url }): Button[] =>
    kind === "open"
      ? []
      : [{ id: kind, name: label, style: "primary", integration: toUs(actionUrl, kind, url) }],
  );
  return {
    attachments: [
      {
        fallback: breakMentions(title),
        color: urgent ? "#c90d23" : "#2365d1",
        text: [
          `**${escapeMarkdown(title)}**`,
          ...lines.map(escapeMarkdown),
          ...(details === null ? [] : ["", escapeMarkdown(details)]),
          "",
          links,
        ].join("\n"),
        ...(place === null ? {} : { footer: breakMentions(place) }),
        ...(buttons.length === 0 ? {} : { actions: buttons }),
      },
    ],
  };
}

/** What a message says once its incident is in other hands; it has no buttons any more. */
export function mattermostOutcome(sentence: string): { update: { message: string; props: object } } {
  return { update: { message: escapeMarkdown(sentence), props: {} } };
}

function toUs(url: string, action: string, oneTapUrl: string): Button["integration"] {
  return { url, context: { token: oneTapUrl.slice(oneTapUrl.lastIndexOf("/") + 1), action } };
}

function breakMentions(text: string): string {
  return text.replaceAll("@", "@\u200B");
}
