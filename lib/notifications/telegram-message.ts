import { escapeHtml, inertLine } from "#lib/notifications/inert";
import { statusSentence } from "#lib/notifications/one-tap-page";
import type { OneTapView } from "#lib/notifications/one-tap-page";
import { pageContent } from "#lib/notifications/page-content";
import type { PageFacts } from "#lib/notifications/page-facts";

type Button = { text: string; callback_data: string } | { text: string; url: string };

export type TelegramMessage = {
  text: string;
  parse_mode: "HTML";
  link_preview_options: { is_disabled: true };
  reply_markup: { inline_keyboard: Button[][] };
};

/** What a button of a Telegram message asks for; with the delivery it fits into the 64 bytes of callback_data. */
export const TELEGRAM_ACTIONS = ["acknowledge", "resolve", "confirm"] as const;
export type TelegramAction = (typeof TELEGRAM_ACTIONS)[number];

/** The page as a message of the Telegram Bot API: HTML that is all ours, text from outside escaped. */
export function telegramMessage(facts: PageFacts): TelegramMessage {
  const { title, lines, details, place, runbook, actions } = pageContent(facts);
  const open = actions.filter((action) => action.kind === "open");
  const answers = actions.flatMap((action): TelegramAction[] =>
    action.kind === "open" ? [] : [action.kind],
  );
  const asked = facts.incident && answers.length > 0 ? [...answers, "resolve" as const] : answers;
  return htmlMessage(
    [
      `<b>${escapeHtml(title)}</b>`,
      ...lines.map(escapeHtml),
      ...(details === null ? [] : [`<blockquote>${escapeHtml(details)}</blockquote>`]),
      ...(place === null ? [] : [`<i>${escapeHtml(place)}</i>`]),
      ...runbookLines(runbook),
    ],
    { asked, open, deliveryId: facts.deliveryId },
  );
}

/** The same message once the incident has moved on. */
export function telegramStandingMessage(view: OneTapView, deliveryId: string): TelegramMessage {
  const rank = view.priority ?? view.urgency.toUpperCase();
  const title = inertLine(`[${rank}] #${view.number} ${view.serviceName}: ${view.title}`, 300);
  const asked: Record<OneTapView["status"], TelegramAction[]> = {
    triggered: ["acknowledge", "resolve"],
    acknowledged: ["resolve"],
    resolved: [],
  };
  return htmlMessage(
    [
      `<b>${escapeHtml(title)}</b>`,
      escapeHtml(inertLine(statusSentence(view), 500)),
      ...runbookLines(view.status === "resolved" ? null : view.runbookUrl),
    ],
    {
      asked: asked[view.status],
      open: [{ label: `Open #${view.number}`, url: view.incidentUrl }],
      deliveryId,
    },
  );
}

/** Never a button: see below. */
function runbookLines(url: string | null): string[] {
  return url === null ? [] : [`<a href="${escapeHtml(url)}">Runbook</a>`];
}

type Keyboard = {
  asked: readonly TelegramAction[];
  open: readonly { label: string; url: string }[];
  deliveryId: string;
};

function htmlMessage(lines: readonly string[], { asked, open, deliveryId }: Keyboard): TelegramMessage {
  return {
    // Telegram refuses the whole message when a button leads to an address that it doesn't take for public: those are written out.
    text: [...lines, ...open.filter(({ url }) => !isPublic(url)).map(({ url }) => escapeHtml(url))].join(
      "\n",
    ),
    parse_mode: "HTML",
    link_preview_options: { is_disabled: true },
    reply_markup: {
      inline_keyboard: [
        asked.map((action) => ({ text: WORDS[action], callback_data: `${action}:${deliveryId}` })),
        open.filter(({ url }) => isPublic(url)).map(({ label, url }) => ({ text: label, url })),
      ].filter((row) => row.length > 0),
    },
  };
}

const WORDS: Record<TelegramAction, string> = {
  acknowledge: "Acknowledge",
  resolve: "Resolve",
  confirm: "It arrived",
};

function isPublic(url: string): boolean {
  return url.startsWith("https://");
}
