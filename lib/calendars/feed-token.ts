import { z } from "zod";
import { signToken, verifyToken } from "#lib/crypto/token";

/** The address of a feed as its row names it; a raised version ends the one before. */
export type FeedKey = { feedId: string; version: number };

const PURPOSE = "calendar-feed";
const payload = z.tuple([z.string(), z.int()]);

/** What makes the address of a feed secret. It can be made again from the row, so that the address can be shown again. */
export function signFeed({ feedId, version }: FeedKey): string {
  return signToken([feedId, version], PURPOSE);
}

/** Null: not an address that was ever given out. */
export function readFeedToken(token: string): FeedKey | null {
  const parsed = payload.safeParse(verifyToken(token, PURPOSE));
  return parsed.success ? { feedId: parsed.data[0], version: parsed.data[1] } : null;
}
