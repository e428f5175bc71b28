import { MAX_URL_LENGTH } from "#lib/events/event";
import { isStorableText } from "#lib/events/storable-text";

const WEB = /^https?:\/\//i;
const SECURE = /^https:\/\//i;

/** An absolute http or https address as it was sent, else null. No other scheme is ever shown as a link. */
export function webUrl(value: unknown): string | null {
  if (typeof value !== "string" || value.length > MAX_URL_LENGTH + 2) return null;
  const text = value.trim();
  return WEB.test(text) && text.length <= MAX_URL_LENGTH && isStorableText(text) && URL.canParse(text)
    ? text
    : null;
}

/** An absolute https address, else null: pictures over http would be blocked by browsers. */
export function secureUrl(value: unknown): string | null {
  const url = webUrl(value);
  return url !== null && SECURE.test(url) ? url : null;
}
