import { spansOf } from "#lib/calendars/event-people";
import type { Directory } from "#lib/calendars/event-people";
import { readIcs } from "#lib/calendars/read-ics";
import type { CalendarSpan } from "#lib/on-call/calendar-segments";
import { DAY } from "#lib/time/calendar";

/** How far ahead a calendar is written out: further than any view of a schedule looks. */
const AHEAD_DAYS = 400;
/** Two people every hour until then. */
const MOST_SPANS = 20_000;
/** People at one instant: what is asked about it goes through all of them. */
const MOST_AT_ONCE = 40;

export type ComingSpans =
  | { kind: "spans"; spans: CalendarSpan[]; warnings: string[] }
  | { kind: "unreadable"; because: string };

/** Who is on call by a calendar from `now` on, with a warning for everything in it that counts for nobody. */
export function comingSpans(
  text: string,
  { now, timeZone, directory }: { now: Date; timeZone: string; directory: Directory },
): ComingSpans {
  const window = { start: now.getTime(), end: now.getTime() + AHEAD_DAYS * DAY };
  const read = readIcs(text, window, timeZone);
  if (read.kind === "unreadable") return read;
  const all = spansOf(read.events, directory);
  const spans = withinReason(all);
  const isCut = spans.length < all.length;
  const cut = isCut
    ? [`At most ${MOST_SPANS} times count, and ${MOST_AT_ONCE} people at once; the calendar has more.`]
    : [];
  return { kind: "spans", spans, warnings: [...read.warnings, ...cut, ...strangers(spans)] };
}

function strangers(spans: readonly CalendarSpan[]): string[] {
  const unknown = Map.groupBy(
    spans.filter(({ userId }) => userId === null),
    ({ label }) => label,
  );
  return [...unknown].map(([label, of]) => {
    const times = of.length === 1 ? "one coming event has" : `${of.length} coming events have`;
    return `Nobody here who can be on call is called “${label}”: ${times} nobody in that place.`;
  });
}

/** As many as may be asked about at any instant; of those that overlap, the ones that begin first. Sorted by their beginning. */
function withinReason(spans: readonly CalendarSpan[]): CalendarSpan[] {
  let open: CalendarSpan[] = [];
  return spans
    .filter((span) => {
      open = open.filter(({ end }) => end > span.start);
      if (open.length >= MOST_AT_ONCE) return false;
      open.push(span);
      return true;
    })
    .slice(0, MOST_SPANS);
}
