import { DAY, MINUTE } from "#lib/time/calendar";

/** What the address of a calendar is encrypted as. */
export const CALENDAR_URL = "calendar-url";

/** The largest calendar that is read. */
export const MAX_CALENDAR_BYTES = 2 * 1024 * 1024;

const READ_EVERY = 15 * MINUTE;

/** When a calendar is looked at again: an address for news, a file only to write out its rules further ahead. */
export function nextLook(url: string | null, now: Date): Date {
  return new Date(now.getTime() + (url === null ? DAY : READ_EVERY));
}

/** `webcal:` is https in all but name. */
export function plainUrl(url: string): string {
  return url.trim().replace(/^webcals?:/i, "https:");
}

/** The part of a calendar's address that may be shown: the rest is often a secret. */
export function hostOf(url: string): string {
  const plain = plainUrl(url);
  return URL.canParse(plain) ? new URL(plain).host : "The address";
}
