import { escapeMarkdown, inertLine, inertText, markdownLink } from "#lib/notifications/inert";
import { statusSentence } from "#lib/notifications/one-tap-page";
import type { OneTapView } from "#lib/notifications/one-tap-page";
import { pageContent } from "#lib/notifications/page-content";
import type { PageFacts } from "#lib/notifications/page-facts";

export type DiscordMessage = {
  embeds: [{ description: string; color: number; footer?: { text: string } }];
  components: [{ type: 1; components: { type: 2; style: 5; label: string; url: string }[] }];
  /** Nobody, whatever the text says. */
  allowed_mentions: { parse: [] };
};

const RED = 0xc9_0d_23;
const BLUE = 0x23_65_d1;
const GREY = 0x81_87_8d;
// Escaped it may be twice as long, and Discord takes 4096 characters.
const MAX_LINES = 1200;
const MAX_BUTTONS = 5;

/** The page as a Discord webhook message: an embed, and link buttons below it (the kind that needs no application). */
export function discordMessage(facts: PageFacts): DiscordMessage {
  const { title, lines, details, place, runbook, actions, urgent, kind } = pageContent(facts);
  const description = [
    `**${escapeMarkdown(title)}**`,
    escapeMarkdown(inertText(lines.join("\n"), MAX_LINES)),
    ...(details === null ? [] : ["", escapeMarkdown(details)]),
    ...runbookLines(runbook),
  ].join("\n");
  return {
    embeds: [
      {
        description,
        color: urgent ? RED : kind === "incident" ? BLUE : GREY,
        ...(place === null ? {} : { footer: { text: place } }),
      },
    ],
    components: [
      {
        type: 1,
        components: actions
          .slice(0, MAX_BUTTONS)
          .map(({ label, url }) => ({ type: 2, style: 5, label, url })),
      },
    ],
    allowed_mentions: { parse: [] },
  };
}

/** A link in the text: Discord refuses the whole message for a button whose address it takes for none. */
function runbookLines(url: string | null): string[] {
  return url === null ? [] : ["", markdownLink("Runbook", url)];
}

const STATUS_COLORS = { triggered: RED, acknowledged: BLUE, resolved: GREY } as const;

/** The same message once the incident has moved on. */
export function discordStandingMessage(view: OneTapView): DiscordMessage {
  const rank = view.priority ?? view.urgency.toUpperCase();
  const title = inertLine(`[${rank}] #${view.number} ${view.serviceName}: ${view.title}`, 300);
  return {
    embeds: [
      {
        description: [
          `**${escapeMarkdown(title)}**`,
          escapeMarkdown(inertLine(statusSentence(view), 500)),
          ...runbookLines(view.status === "resolved" ? null : view.runbookUrl),
        ].join("\n"),
        color: STATUS_COLORS[view.status],
      },
    ],
    components: [
      {
        type: 1,
        components: [{ type: 2, style: 5, label: `Open #${view.number}`, url: view.incidentUrl }],
      },
    ],
    allowed_mentions: { parse: [] },
  };
}
