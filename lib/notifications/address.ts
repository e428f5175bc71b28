import type { Channel } from "#lib/notifications/vocabulary";

// Numbers and names of accounts: whoever knows them recognises the end.
const BY_END: ReadonlySet<Channel> = new Set(["sms", "phone", "telegram", "pushover"]);

/** An address as everybody may see it in timelines and traces: enough to recognise it, not enough to use it. */
export function maskAddress(channel: Channel, address: string): string {
  if (channel === "email") return maskEmail(address);
  if (BY_END.has(channel)) return `…${address.slice(-4)}`;
  return URL.canParse(address) ? `${new URL(address).hostname}/…` : "…";
}

function maskEmail(address: string): string {
  const at = address.lastIndexOf("@");
  if (at < 1) return "…";
  const first = String.fromCodePoint(address.codePointAt(0) ?? 0);
  return `${first}…${address.slice(at)}`;
}
