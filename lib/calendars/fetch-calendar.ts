import { hostOf, MAX_CALENDAR_BYTES, plainUrl } from "#lib/calendars/calendar-source";
import { env } from "#lib/env";
import { OutgoingError, requestOutgoing } from "#lib/http/outgoing";

export type FetchedCalendar = { kind: "text"; text: string } | { kind: "failed"; because: string };

const MOST_REDIRECTS = 3;

/**
 * What is at the address of a calendar, `webcal:` included. Redirects are followed, each to an address that is checked like the first; an
 * answer that is no 2xx, or too large, is a failure, told in one sentence. Whether it is a calendar is not looked at.
 */
export async function fetchCalendar(url: string): Promise<FetchedCalendar> {
  let target = plainUrl(url);
  try {
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const { status, headers, body } = await requestOutgoing({
        url: target,
        method: "GET",
        // Without a name some servers answer with a page for browsers.
        headers: { accept: "text/calendar, text/plain;q=0.5", "user-agent": "Touchline (calendar)" },
        maxBytes: MAX_CALENDAR_BYTES + 1,
        timeoutMs: 10_000,
        allowPrivate: env().allowPrivateDestinations,
      });
      if (status >= 300 && status < 400 && headers.location && URL.canParse(headers.location, target)) {
        target = new URL(headers.location, target).href;
        continue;
      }
      if (status < 200 || status > 299) return failed(`${hostOf(target)} answered ${status}.`);
      if (Buffer.byteLength(body) > MAX_CALENDAR_BYTES) return failed("The calendar is larger than 2 MB.");
      return { kind: "text", text: body.replaceAll("\u0000", "") };
    }
    return failed(`${hostOf(url)} sends the request around in circles.`);
  } catch (error) {
    if (error instanceof OutgoingError) return failed(error.message);
    throw error;
  }
}

function failed(because: string): FetchedCalendar {
  return { kind: "failed", because };
}
