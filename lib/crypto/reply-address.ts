import { createHmac, timingSafeEqual } from "node:crypto";
import { derivedKey } from "#lib/auth/derived-key";

/** What may come back about a mail: somebody's answer, or word that it could not be delivered. */
export const REPLY_KINDS = ["reply", "bounce"] as const;
export type ReplyKind = (typeof REPLY_KINDS)[number];

export type ReplyAddress = { kind: ReplyKind; deliveryId: string };

const LOCAL = /^(reply|bounce)\+([a-z0-9]{14})([0-9a-f]{32})$/;

/**
 * The local part of an address that stands for one delivery, at most 64 characters (RFC 5321, 4.5.3.1.1). Mail systems change the case of
 * letters as they like, so it means the same in any.
 */
export function signReplyAddress({ kind, deliveryId }: ReplyAddress): string {
  return `${kind}+${deliveryId.toLowerCase()}${mac(kind, deliveryId)}`;
}

/** What a local part stands for; null when it was not made by us. Compares in constant time. */
export function readReplyAddress(localPart: string): ReplyAddress | null {
  const [, word, id, given] = LOCAL.exec(localPart.toLowerCase()) ?? [];
  const kind = REPLY_KINDS.find((each) => each === word);
  if (kind === undefined || id === undefined || given === undefined) return null;
  const deliveryId = id.toUpperCase();
  const isOurs = timingSafeEqual(Buffer.from(given, "hex"), Buffer.from(mac(kind, deliveryId), "hex"));
  return isOurs ? { kind, deliveryId } : null;
}

function mac(kind: ReplyKind, deliveryId: string): string {
  return createHmac("sha256", derivedKey("reply-address"))
    .update(`${kind} ${deliveryId}`)
    .digest("hex")
    .slice(0, 32);
}
