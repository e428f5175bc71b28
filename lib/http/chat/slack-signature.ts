import { createHmac, timingSafeEqual } from "node:crypto";

/** A recorded request is refused after this (Slack: "Verifying requests from Slack"). */
const MOST_AGE_S = 5 * 60;

/**
 * Whether Slack sent this request now: `v0=` and the hex HMAC-SHA256 of `v0:<timestamp>:<body>` under the app's signing secret, and a
 * timestamp that is at most five minutes off. Compares in constant time.
 */
export function isFromSlack(
  headers: { signature: string | null; timestamp: string | null },
  body: string,
  secret: string,
  now: Date,
): boolean {
  const { signature, timestamp } = headers;
  if (signature === null || timestamp === null || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > MOST_AGE_S) return false;
  const expected = Buffer.from(signSlack(body, timestamp, secret));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The signature itself. */
export function signSlack(body: string, timestamp: string, secret: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}
