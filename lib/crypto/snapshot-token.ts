import { z } from "zod";
import { signToken, verifyToken } from "#lib/crypto/token";

const PURPOSE = "report-snapshot";

/** What makes the address of a report's snapshot secret; its row says until when it holds. */
export function signSnapshot(snapshotId: string): string {
  return signToken([snapshotId], PURPOSE);
}

/** Null: not an address that was ever given out. */
export function readSnapshotToken(token: string): string | null {
  const parsed = z.tuple([z.string()]).safeParse(verifyToken(token, PURPOSE));
  return parsed.success ? parsed.data[0] : null;
}
