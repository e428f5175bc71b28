import { pageContent } from "#lib/notifications/page-content";
import type { PageFacts } from "#lib/notifications/page-facts";

type TextRun = {
  type: "TextRun";
  text: string;
  weight?: "Bolder";
  size?: "Large";
  color?: "Attention";
  isSubtle?: true;
};
type RichText = { type: "RichTextBlock"; inlines: TextRun[]; spacing?: "Medium"; separator?: true };
type OpenUrl = { type: "Action.OpenUrl"; title: string; url: string; style?: "positive" };

export type TeamsMessage = {
  type: "message";
  summary: string;
  attachments: [
    {
      contentType: "application/vnd.microsoft.card.adaptive";
      contentUrl: null;
      content: {
        $schema: string;
        type: "AdaptiveCard";
        version: "1.5";
        msteams: { width: "Full" };
        body: RichText[];
        actions: OpenUrl[];
      };
    },
  ];
};

/**
 * The page as an Adaptive Card 1.5 for a Teams workflow ("When a Teams webhook request is received"). All text is in text runs, which
 * unlike text blocks know no Markdown, and a card without entities mentions nobody: nothing from outside can link or call.
 */
export function teamsMessage(facts: PageFacts): TeamsMessage {
  const { title, lines, details, place, runbook, actions, urgent } = pageContent(facts);
  const heading: TextRun = { ...run(title), weight: "Bolder", size: "Large" };
  const body: RichText[] = [
    block(urgent ? { ...heading, color: "Attention" } : heading),
    ...lines.map((line) => block(run(line))),
    ...(details === null
      ? []
      : [
          {
            ...block(...details.split("\n").flatMap((line, index) => run(index === 0 ? line : `\n${line}`))),
            separator: true as const,
          },
        ]),
    ...(place === null ? [] : [block({ ...run(place), isSubtle: true })]),
  ];
  return {
    type: "message",
    summary: title,
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.5",
          msteams: { width: "Full" },
          body,
          actions: [
            ...actions.map(({ kind, label, url }) => ({
              type: "Action.OpenUrl" as const,
              title: label,
              url,
              ...(kind === "open" ? {} : { style: "positive" as const }),
            })),
            ...(runbook === null
              ? []
              : [{ type: "Action.OpenUrl" as const, title: "Runbook", url: runbook }]),
          ],
        },
      },
    ],
  };
}

function run(text: string): TextRun {
  return { type: "TextRun", text };
}

function block(...inlines: TextRun[]): RichText {
  return { type: "RichTextBlock", inlines };
}
