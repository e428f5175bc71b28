import type { Channel } from "#lib/notifications/vocabulary";

/** An address as everybody may see it in timelines and traces: enough to recognise it, not enough to use it. */
export function maskAddress(channel: Channel, address: string): string {
  switch (channel) {
    case "email":
      return maskEmail(address);
    case "sms":
    case "phone":
      return `…${address.slice(-4)}`;
    case "telegram":
    case "pushover":
      return `…${address.slice(-4)}`;
    case "push":
    case "slack":
    case "webhook":
    case "teams":
    case "mattermost":
    case "discord":
    case "google_chat":
    case "ntfy":
      return URL.canParse(address) ? `${new URL(address).hostname}/…` : "…";
  }
}

function maskEmail(address: string): string {
  const at = address.lastIndexOf("@");
  if (at < 1) return "…";
  const first = String.fromCodePoint(address.codePointAt(0) ?? 0);
  return `${first}…${address.slice(at)}`;
}
