import { z } from "zod";
import { signToken, verifyToken } from "#lib/crypto/token";
import { CHANNELS } from "#lib/notifications/vocabulary";
import type { Channel } from "#lib/notifications/vocabulary";

/** What a one-tap link stands for: this person, answering this send, on this incident (null: a test). */
export type OneTap = { incidentId: string | null; userId: string; deliveryId: string; channel: Channel };

const PURPOSE = "one-tap";
const LIFETIME_MS = 24 * 3_600_000;

const payload = z.tuple([z.string().nullable(), z.string(), z.string(), z.enum(CHANNELS), z.number()]);

/** The token of a one-tap link, good for 24 hours from `now`. */
export function signOneTap(oneTap: OneTap, now: Date): string {
  const { incidentId, userId, deliveryId, channel } = oneTap;
  return signToken([incidentId, userId, deliveryId, channel, now.getTime() + LIFETIME_MS], PURPOSE);
}

/** What the token stands for, or why it doesn't any more. */
export function readOneTap(token: string, now: Date): OneTap | "invalid" | "expired" {
  const parsed = payload.safeParse(verifyToken(token, PURPOSE));
  if (!parsed.success) return "invalid";
  const [incidentId, userId, deliveryId, channel, expiresAt] = parsed.data;
  if (expiresAt <= now.getTime()) return "expired";
  return { incidentId, userId, deliveryId, channel };
}
