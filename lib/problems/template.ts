import { maskedTokens } from "#lib/noise/mask";

/** The kind of thing a title says: its words, with what differs from one incident to the next replaced by its class. */
export function templateOf(title: string): string {
  return maskedTokens(title).join(" ").slice(0, 500);
}
