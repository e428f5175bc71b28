import { escapeSlack, inertLine, inertText } from "#lib/notifications/inert";
import { statusSentence } from "#lib/notifications/one-tap-page";
import type { OneTapView } from "#lib/notifications/one-tap-page";
import { pageContent } from "#lib/notifications/page-content";
import type { PageFacts } from "#lib/notifications/page-facts";

/** What a button of a Slack message asks for: its action_id. `open` is a link, which Slack reports all the same. */
export const SLACK_ACTIONS = ["acknowledge", "resolve", "note", "confirm", "open"] as const;
export type SlackAction = (typeof SLACK_ACTIONS)[number];

type Plain = { type: "plain_text"; text: string };
type Button = {
  type: "button";
  /** Slack takes no two alike in one block. */
  action_id: SlackAction | `open-${number}`;
  text: Plain;
  /** The delivery that the message is of. */
  value?: string;
  url?: string;
  style?: "primary";
};
type Block =
  | { type: "header"; text: Plain }
  | { type: "section"; text: Plain }
  | { type: "context"; elements: Plain[] }
  | { type: "actions"; elements: Button[] };

export type SlackAppMessage = { text: string; blocks: Block[] };

const MAX_HEADER = 150;
const MAX_SECTION = 2900;
/** The callback_id of the note's form. */
export const SLACK_NOTE_FORM = "note";
export const SLACK_NOTE_FIELD = "note";
const MAX_NOTE = 3000;

/**
 * The page as a message of the Slack app (Block Kit), with buttons that the app answers. All text is `plain_text`: Slack renders no
 * markup in it and mentions nobody.
 */
export function slackAppMessage(facts: PageFacts): SlackAppMessage {
  const { title, lines, details, place, runbook, actions } = pageContent(facts);
  const answers = actions.flatMap(({ kind: action, label }) =>
    action === "open" ? [] : [actionButton(action, label, facts.deliveryId)],
  );
  // Resolving and noting are of one incident.
  const more = facts.incident === null ? [] : workButtons(facts.deliveryId);
  const open = linkButtons([...actions.filter(({ kind }) => kind === "open"), ...runbookLink(runbook)]);
  return {
    text: fallback(title),
    blocks: [
      { type: "header", text: plain(title, MAX_HEADER) },
      section(lines.join("\n")),
      ...(details === null ? [] : [section(details)]),
      { type: "actions", elements: [...answers, ...more, ...open] },
      ...(place === null ? [] : [{ type: "context" as const, elements: [plain(place, MAX_SECTION)] }]),
    ],
  };
}

/** The same message once the incident has moved on: what became of it instead of what to do, and the buttons that still make sense. */
export function slackStandingMessage(view: OneTapView, deliveryId: string): SlackAppMessage {
  const rank = view.priority ?? view.urgency.toUpperCase();
  const title = `[${rank}] #${view.number} ${view.serviceName}: ${view.title}`;
  const answers = view.status === "triggered" ? [actionButton("acknowledge", "Acknowledge", deliveryId)] : [];
  const work = view.status === "resolved" ? [] : workButtons(deliveryId);
  const sentence = statusSentence(view);
  return {
    text: fallback(`${title}: ${sentence}`),
    blocks: [
      { type: "header", text: plain(title, MAX_HEADER) },
      section(`${MARKS[view.status]} ${sentence}`),
      {
        type: "actions",
        elements: [
          ...answers,
          ...work,
          ...linkButtons([
            { label: `Open #${view.number}`, url: view.incidentUrl },
            ...runbookLink(view.status === "resolved" ? null : view.runbookUrl),
          ]),
        ],
      },
    ],
  };
}

/** The form behind "Add note" (a modal view); it brings the delivery back when it is sent in. */
export function slackNoteForm(number: number, deliveryId: string) {
  return {
    type: "modal" as const,
    callback_id: SLACK_NOTE_FORM,
    private_metadata: deliveryId,
    title: plain(`Note on #${number}`, 24),
    submit: plain("Add note", 24),
    close: plain("Cancel", 24),
    blocks: [
      {
        type: "input" as const,
        block_id: SLACK_NOTE_FIELD,
        label: plain("What did you find or do?", 100),
        element: {
          type: "plain_text_input" as const,
          action_id: SLACK_NOTE_FIELD,
          multiline: true,
          max_length: MAX_NOTE,
        },
      },
    ],
  };
}

const MARKS = { triggered: "●", acknowledged: "◐", resolved: "✓" } as const;

function workButtons(deliveryId: string): Button[] {
  return [actionButton("resolve", "Resolve", deliveryId), actionButton("note", "Add note", deliveryId)];
}

function actionButton(action: Exclude<SlackAction, "open">, label: string, deliveryId: string): Button {
  const style = action === "acknowledge" || action === "confirm" ? { style: "primary" as const } : {};
  return { type: "button", action_id: action, text: plain(label, 75), value: deliveryId, ...style };
}

type Link = { label: string; url: string };

function linkButtons(links: readonly Link[]): Button[] {
  return links.map(({ label, url }, index) => ({
    type: "button",
    action_id: index === 0 ? "open" : `open-${index + 1}`,
    text: plain(label, 75),
    url,
  }));
}

function runbookLink(url: string | null): Link[] {
  return url === null ? [] : [{ label: "Runbook", url }];
}

function section(text: string): Block {
  return { type: "section", text: { type: "plain_text", text: inertText(text, MAX_SECTION) } };
}

function plain(text: string, max: number): Plain {
  return { type: "plain_text", text: inertLine(text, max) };
}

/** The text of the notification on the phone is mrkdwn: what begins its links and mentions is written out. */
function fallback(text: string): string {
  return escapeSlack(inertLine(text, 300));
}
