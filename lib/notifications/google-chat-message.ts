import { escapeHtml } from "#lib/notifications/inert";
import { pageContent } from "#lib/notifications/page-content";
import type { PageFacts } from "#lib/notifications/page-facts";

type Widget =
  | { textParagraph: { text: string } }
  | { buttonList: { buttons: { text: string; onClick: { openLink: { url: string } } }[] } };

export type GoogleChatMessage = {
  fallbackText: string;
  thread: { threadKey: string };
  cardsV2: [
    {
      cardId: string;
      card: { header: { title: string; subtitle: string }; sections: [{ widgets: Widget[] }] };
    },
  ];
};

/**
 * The page as a Google Chat message with a card (cardsV2). Paragraphs know a few HTML tags, so text from outside is escaped; without a
 * `text` nobody is mentioned. Pages of one incident share a thread.
 */
export function googleChatMessage(facts: PageFacts): GoogleChatMessage {
  const { title, lines, details, place, runbook, actions } = pageContent(facts);
  const paragraph = (text: string): Widget => ({
    textParagraph: { text: escapeHtml(text).replaceAll("\n", "<br>") },
  });
  return {
    fallbackText: title.replaceAll("<", "‹"),
    thread: { threadKey: facts.incident ? `incident-${facts.incident.id}` : `page-${facts.pageId}` },
    cardsV2: [
      {
        cardId: facts.deliveryId,
        card: {
          header: { title, subtitle: place ?? "Touchline" },
          sections: [
            {
              widgets: [
                paragraph(lines.join("\n")),
                ...(details === null ? [] : [paragraph(details)]),
                ...(runbook === null
                  ? []
                  : [{ textParagraph: { text: `<a href="${escapeHtml(runbook)}">Runbook</a>` } }]),
                {
                  buttonList: {
                    buttons: actions.map(({ label, url }) => ({
                      text: label,
                      onClick: { openLink: { url } },
                    })),
                  },
                },
              ],
            },
          ],
        },
      },
    ],
  };
}
