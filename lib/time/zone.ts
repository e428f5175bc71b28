import { Temporal } from "temporal-polyfill";

export type TimeZoneResult = { kind: "zone"; timeZone: string } | { kind: "unknown"; name: string };

/**
 * Accepts IANA names in any case, legacy aliases included ("US/Eastern" stays "US/Eastern").
 * Bare offsets ("+05:30") are refused: they know no clock changes.
 */
export function parseTimeZone(name: string): TimeZoneResult {
  if (!/^[A-Za-z]/.test(name)) return { kind: "unknown", name };
  try {
    const { timeZoneId } = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return { kind: "zone", timeZone: timeZoneId };
  } catch {
    return { kind: "unknown", name };
  }
}

/** The zone itself if it is known, or UTC: for evaluating what was saved, where an answer beats an exception. */
export function timeZoneOrUtc(name: string): string {
  return spansByZone.has(name) || parseTimeZone(name).kind === "zone" ? name : "UTC";
}

/** A stretch [from, to) of epoch milliseconds during which a zone keeps one offset. */
export type OffsetSpan = { from: number; to: number; offset: number };

// Asking Temporal costs microseconds, finding a transition a millisecond; a span never changes once known.
const spansByZone = new Map<string, OffsetSpan[]>();

/** Milliseconds that the zone's wall clock is ahead of UTC at an epoch instant. Throws RangeError for an unknown zone. */
export function offsetAt(timeZone: string, instant: number): number {
  return offsetSpanAt(timeZone, instant).offset;
}

/** As `offsetAt`, with how long it has been and stays so. */
export function offsetSpanAt(timeZone: string, instant: number): OffsetSpan {
  const spans = spansByZone.get(timeZone);
  if (spans) {
    const index = lastStartingBy(spans, instant);
    const span = spans[index];
    if (span && instant < span.to) return span;
    const found = findSpan(timeZone, instant);
    spans.splice(index + 1, 0, found);
    return found;
  }
  const found = findSpan(timeZone, instant);
  spansByZone.set(timeZone, [found]);
  return found;
}

function lastStartingBy(spans: readonly OffsetSpan[], instant: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const span = spans[middle];
    if (span && span.from <= instant) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function findSpan(timeZone: string, instant: number): OffsetSpan {
  // Transitions fall on whole seconds; a millisecond later the previous one is never after `instant`.
  const moment = Temporal.Instant.fromEpochMilliseconds(Math.floor(instant)).toZonedDateTimeISO(timeZone);
  const previous = moment.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
  const next = moment.getTimeZoneTransition("next");
  return {
    from: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: moment.offsetNanoseconds / 1e6,
  };
}
