import type { Channel } from "#lib/notifications/vocabulary";

/** The channels whose addresses people type in and which are no e-mail address or phone number. */
export const CHAT_CHANNELS = [
  "slack",
  "webhook",
  "teams",
  "mattermost",
  "discord",
  "google_chat",
  "ntfy",
  "pushover",
] as const satisfies readonly Channel[];
export type ChatChannel = (typeof CHAT_CHANNELS)[number];

type Kind = { isGood: (address: string) => boolean; fault: string };

const onPath =
  (path: RegExp, ...parameters: string[]) =>
  (address: string) => {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (!url || !/^https?:$/.test(url.protocol) || url.username !== "") return false;
    return path.test(url.pathname) && parameters.every((name) => url.searchParams.has(name));
  };
const matches = (pattern: RegExp) => (address: string) => pattern.test(address);

const SLACK_MEMBER = /^[UW][A-Z0-9]{2,20}$/;
/** Slack's id of a channel, public or private. */
export const SLACK_CHANNEL = /^[CG][A-Z0-9]{2,20}$/;
const EMAIL = /^[^\s@]+@[^\s@]+$/;

const KINDS: Record<ChatChannel, Kind> = {
  slack: {
    isGood: (address) => SLACK_MEMBER.test(address) || EMAIL.test(address) || onPath(/^\/./)(address),
    fault: "must be an e-mail address, a member ID like U012AB3CD, or the address of an incoming webhook",
  },
  webhook: { isGood: onPath(/^\//), fault: "must begin with https://" },
  teams: { isGood: onPath(/^\/./), fault: "must be the address that the workflow shows" },
  mattermost: {
    isGood: onPath(/\/hooks\/\w+$/),
    fault: "must be the address of an incoming webhook: https://…/hooks/…",
  },
  discord: {
    isGood: onPath(/\/api\/(v\d+\/)?webhooks\/\d+\/[\w-]+$/),
    fault: "must be the address of a webhook: https://discord.com/api/webhooks/…",
  },
  google_chat: {
    isGood: onPath(/\/v1\/spaces\/[^/]+\/messages$/, "key", "token"),
    fault: "must be the address of a webhook: https://chat.googleapis.com/v1/spaces/…/messages?key=…&token=…",
  },
  ntfy: {
    isGood: onPath(/^(\/[\w-]+)*\/[-\w]{1,64}$/),
    fault: "must be the address of a topic: https://ntfy.sh/your-topic",
  },
  pushover: {
    isGood: matches(/^[A-Za-z0-9]{30}$/),
    fault: "must be the user key, 30 letters and digits, on the start page of pushover.net",
  },
};

/** What is wrong with an address of a chat; null: nothing that can be seen from here. */
export function chatAddressFault(channel: ChatChannel, address: string): string | null {
  const { isGood, fault } = KINDS[channel];
  return isGood(address) ? null : fault;
}

/** Whether a Slack address stands for a person who is looked up by e-mail when it is added. */
export function isSlackEmail(address: string): boolean {
  return EMAIL.test(address) && !URL.canParse(address);
}
