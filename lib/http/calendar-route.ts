import { createHash } from "node:crypto";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { database } from "#db/client";
import type { Database } from "#db/connect";
import { openFeed } from "#lib/calendars/queries/open-feed";
import { readFeedCalendar } from "#lib/calendars/queries/feed-calendar";
import { writeIcs } from "#lib/calendars/write-ics";
import { SYSTEM } from "#lib/context";
import { readRefusal, secondsToWait } from "#lib/http/rate-refusal";
import { timed } from "#lib/http/timed";
import { log } from "#lib/log";

// Calendars ask every hour, impatient people a few times a minute.
const PER_MINUTE = 30;

const shared = globalThis as typeof globalThis & { touchlineCalendarLimit?: RateLimiterMemory };

/**
 * The calendar behind a secret address, `<token>.ics`. The token is the whole authority; an address that is none, or no longer one, is
 * answered 404 whatever is wrong with it.
 */
export function calendarRoute(request: Request, file: string, db: Database = database()): Promise<Response> {
  return timed({ surface: "calendar", method: request.method }, async () => {
    try {
      return await answer(request, file, db);
    } catch (error) {
      log().error({ err: error }, "a calendar feed failed");
      return plain("The calendar can't be read at the moment.", 503, { "retry-after": "300" });
    }
  });
}

async function answer(request: Request, file: string, db: Database): Promise<Response> {
  const token = /^(.+)\.ics$/.exec(file)?.[1];
  const feed = token === undefined ? null : await openFeed(db, token);
  if (!feed) return plain("There is no such calendar.", 404);
  const wait = await takeReading(feed.id);
  if (wait > 0) return plain("Asked too often.", 429, { "retry-after": String(wait) });
  const { name, events } = await readFeedCalendar({ db, actor: SYSTEM }, feed);
  const body = writeIcs(name, events);
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  const headers = { ...HEADERS, etag };
  if (isKnown(request.headers.get("if-none-match"), etag))
    return new Response(null, { status: 304, headers });
  return new Response(body, {
    headers: {
      ...headers,
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'inline; filename="on-call.ics"',
    },
  });
}

// The address is a key: no cache may answer for it once it is rotated, and no page may learn it.
const HEADERS = {
  "cache-control": "private, no-cache",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex, nofollow",
};

function isKnown(header: string | null, etag: string): boolean {
  return (header ?? "").split(",").some((known) => known.trim().replace(/^W\//, "") === etag);
}

async function takeReading(feedId: string): Promise<number> {
  shared.touchlineCalendarLimit ??= new RateLimiterMemory({ points: PER_MINUTE, duration: 60 });
  try {
    await shared.touchlineCalendarLimit.consume(feedId);
    return 0;
  } catch (refused) {
    return secondsToWait(readRefusal(refused));
  }
}

function plain(text: string, status: number, headers: Record<string, string> = {}): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { ...HEADERS, "content-type": "text/plain; charset=utf-8", ...headers },
  });
}
