import type { ReactNode } from "react";
import type { ChatChannel } from "#lib/notifications/chat-address";

export type ContactKind = {
  name: string;
  /** What it is called when nothing is typed in. */
  label: string;
  field: string;
  type: "email" | "url" | "text";
  placeholder: string;
  /** How to get what the field asks for. */
  steps: readonly ReactNode[];
};

/** The ways to reach somebody that are typed in, and how each is set up. */
export const CONTACT_KINDS: Record<"email" | ChatChannel, ContactKind> = {
  email: {
    name: "E-mail",
    label: "Work",
    field: "Address",
    type: "email",
    placeholder: "you@example.com",
    steps: [],
  },
  slack: {
    name: "Slack",
    label: "Slack",
    field: "Your e-mail address in Slack, or member ID",
    type: "text",
    placeholder: "you@example.com",
    steps: [
      "Your account’s own e-mail address links you at once.",
      "A member ID is in Slack under your profile, ⋮, Copy member ID; press the button in the test to confirm that it is you.",
      "Without the app the address of an incoming webhook works too, with links instead of buttons.",
    ],
  },
  teams: {
    name: "Microsoft Teams",
    label: "Teams",
    field: "Address of the workflow",
    type: "url",
    placeholder: "https://….powerplatform.com/…",
    steps: [
      "In Teams open Workflows and choose “Send webhook alerts to a chat” (or to a channel).",
      "Choose the chat, save, and copy the address it shows.",
    ],
  },
  mattermost: {
    name: "Mattermost",
    label: "Mattermost",
    field: "Address of the incoming webhook",
    type: "url",
    placeholder: "https://mattermost.example.com/hooks/…",
    steps: [
      "In Mattermost: Integrations, Incoming Webhooks, Add.",
      "For its buttons to work the server must reach this address: an admin may have to list it in AllowedUntrustedInternalConnections.",
    ],
  },
  discord: {
    name: "Discord",
    label: "Discord",
    field: "Address of the webhook",
    type: "url",
    placeholder: "https://discord.com/api/webhooks/…",
    steps: ["In Discord: the channel’s settings, Integrations, Webhooks, New Webhook, Copy Webhook URL."],
  },
  google_chat: {
    name: "Google Chat",
    label: "Google Chat",
    field: "Address of the webhook",
    type: "url",
    placeholder: "https://chat.googleapis.com/v1/spaces/…",
    steps: ["In Google Chat: the space’s menu, Apps & integrations, Webhooks, Add, Copy link."],
  },
  ntfy: {
    name: "ntfy",
    label: "ntfy",
    field: "Address of the topic",
    type: "url",
    placeholder: "https://ntfy.sh/a-name-nobody-guesses",
    steps: [
      "Subscribe to a topic in the ntfy app. On a public server its name is its only protection: take a long one.",
      "High urgency comes with the highest priority: allow it to override Do Not Disturb in the app’s settings.",
    ],
  },
  pushover: {
    name: "Pushover",
    label: "Pushover",
    field: "User key",
    type: "text",
    placeholder: "30 letters and digits",
    steps: [
      "Your user key is on the start page of pushover.net.",
      "High urgency rings every minute until you acknowledge in the app: that acknowledges here too.",
    ],
  },
  webhook: {
    name: "Webhook",
    label: "Webhook",
    field: "Address",
    type: "url",
    placeholder: "https://example.com/page-me",
    steps: ["Gets each page as JSON, signed. A 2xx answer counts as accepted."],
  },
};
